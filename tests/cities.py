"""Parts of a city's content, applied without the rest."""

from datetime import datetime
from pathlib import Path

from django.conf import settings

from shuzheng.infrastructure.access.rules import system
from shuzheng.infrastructure.content.rules import load_city, registered_kinds

QUZHOU = settings.PROJECT_FOLDER / "cities" / "quzhou"


def apply_kinds(*names: str, at: datetime, folder: Path = QUZHOU) -> None:
    """Write the items of some kinds into the tables, as `apply` would."""
    kinds = tuple(kind for kind in registered_kinds() if kind.name in names)
    assert len(kinds) == len(names), f"unknown kind among {names}"
    library = load_city(folder, kinds, ()).library
    for kind in kinds:
        kind.apply(library.list(kind.name), system("tests"), at)
