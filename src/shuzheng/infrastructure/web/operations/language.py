"""Who keeps the language that a reader chose: told from above, no floor below knows accounts."""

from datetime import datetime
from typing import Protocol

from shuzheng.infrastructure.access.rules import Actor


class Keeper(Protocol):
    """Keeps the language of whoever is signed in."""

    def __call__(self, *, language: str, by: Actor, at: datetime) -> None:
        """Keep it from this moment on."""
        ...


_keepers: list[Keeper] = []


def use_language_keeper(keeper: Keeper) -> None:
    """Say who keeps what readers choose; called once when the application starts."""
    _keepers[:] = [keeper]


def keep_language(*, language: str, by: Actor, at: datetime) -> None:
    """Have the language kept for a reader who is signed in; a visitor's is kept nowhere."""
    if by.kind == "visitor":
        return
    for keep in _keepers:
        keep(language=language, by=by, at=at)
