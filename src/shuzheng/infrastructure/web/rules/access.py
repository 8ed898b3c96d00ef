"""Who may open a view, written on the view itself so that a test can walk all of them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class Access:
    """How a view is guarded.

    Attributes:
        kind: open to everyone, to whoever signed in, or to posts with a permission.
        says: the reason it is public, or the key of the permission; empty for ``signed_in``.
    """

    kind: Literal["public", "signed_in", "permission"]
    says: str = ""


def access_of(view: Callable[..., Any]) -> Access | None:
    """Return what the view declares, or None if nobody thought of it."""
    return getattr(view, "access", None)
