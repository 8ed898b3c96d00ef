"""What rooms read of applied content again and again is kept until content is applied again."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache, wraps
from typing import TypeVar
from uuid import UUID

from django.db import connection

R = TypeVar("R")

# Written out, for every page asks: the ORM takes four times as long to put it.
_VERSION = "SELECT version FROM content_contentversion"
_asked: ContextVar[list[UUID | None] | None] = ContextVar("content_version", default=None)


def kept(read: Callable[[], R]) -> Callable[[], R]:
    """Keep what a query of applied content answers, in this process, until content changes.

    For queries whose tables are written by applying content and by nothing else. The version is
    asked of the database, so that what another process applied is seen by the next request.
    """

    @lru_cache(maxsize=2)
    def answer(_version: UUID) -> R:
        return read()

    @wraps(read)
    def current() -> R:
        version = _current_version()
        return read() if version is None else answer(version)

    return current


@contextmanager
def one_version() -> Iterator[None]:
    """Within, the version of the content is asked once: a request sees one city, not two.

    What is within it already, such as a step of a case, keeps what was asked.
    """
    if _asked.get() is not None:
        yield
        return
    token = _asked.set([])
    try:
        yield
    finally:
        _asked.reset(token)


def forget_version() -> None:
    """Ask again even within ``one_version``: content has just been changed here."""
    if asked := _asked.get():
        asked.clear()


def _current_version() -> UUID | None:
    asked = _asked.get()
    if asked is None:
        return _read_version()
    if not asked:
        asked.append(_read_version())
    return asked[0]


def _read_version() -> UUID | None:
    """Return what changes whenever content is applied; nothing before the first time."""
    with connection.cursor() as cursor:
        cursor.execute(_VERSION)
        row = cursor.fetchone()
    return row[0] if row else None
