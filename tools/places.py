"""Where things stand: the checkout, its environment, its downloaded tools."""

import os
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
ENVIRONMENT = CHECKOUT / ".venv"
FRONTEND = CHECKOUT / "src/shuzheng/infrastructure/web/frontend"
BUILT = CHECKOUT / "src/shuzheng/infrastructure/web/static/built"
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "shuzheng"


def program(name: str) -> str:
    """Return the path of a program of the environment."""
    return str(ENVIRONMENT / "bin" / name)
