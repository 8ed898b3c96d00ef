"""Words to whoever started this: Chinese first, one line a step."""

import sys
from typing import NoReturn


def say(sentence: str) -> None:
    """Tell what happens now."""
    print(f"· {sentence}", flush=True)


def stop(sentence: str) -> NoReturn:
    """End with a sentence that says what is wrong and what to do."""
    sys.exit(f"✗ {sentence}")
