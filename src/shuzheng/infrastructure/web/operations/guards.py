"""Every view carries exactly one of ``public``, ``signed_in`` and ``requires``."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from shuzheng.infrastructure.access.rules import VISITOR, Actor, Permission, guard
from shuzheng.infrastructure.web.rules import Access
from shuzheng.policy.refusals import NotPermitted, gettext_noop

View = Callable[..., HttpResponseBase]


class NotSignedIn(NotPermitted):
    """Nobody is signed in; the interface leads to the sign-in page or answers 401."""

    code = "not-signed-in"
    template = gettext_noop("请先登录。")
    remedy = gettext_noop("登录后会回到这一页。")


def actor_of(request: HttpRequest) -> Actor:
    """Return who acts in this request; a visitor if nobody is signed in."""
    return cast("Actor", getattr(request, "actor", VISITOR))


def public(reason: str) -> Callable[[View], View]:
    """Open the view to everyone, and say why.

    Raises:
        ValueError: the reason is empty.
    """
    if not reason.strip():
        raise ValueError("a public view says why it is public")
    return _declare(Access("public", reason), _anybody)


def requires(permission: Permission) -> Callable[[View], View]:
    """Open the view to posts that hold the permission; visitors are asked to sign in."""

    def check(actor: Actor) -> None:
        _must_be_somebody(actor)
        guard(actor, permission)

    return _declare(Access("permission", permission.key), check)


def signed_in(view: View) -> View:
    """Open the view to whoever is signed in; visitors are asked to sign in."""
    return _declare(Access("signed_in"), _must_be_somebody)(view)


def _anybody(_actor: Actor) -> None:
    """Let everyone pass."""


def _must_be_somebody(actor: Actor) -> None:
    if actor.kind == "visitor":
        raise NotSignedIn


def _declare(access: Access, check: Callable[[Actor], None]) -> Callable[[View], View]:
    def decorate(view: View) -> View:
        if hasattr(view, "access"):
            raise ValueError(f"{view!r} declares its access twice")

        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            check(actor_of(request))
            return view(request, *args, **kwargs)

        guarded.access = access  # type: ignore[attr-defined]
        return guarded

    return decorate
