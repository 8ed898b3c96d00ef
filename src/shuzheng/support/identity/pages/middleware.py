"""Puts the actor on every request: one look at the account and, for officials, at their posts."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from shuzheng.infrastructure.access.rules import VISITOR, Actor
from shuzheng.institutions.calendar.queries import get_calendar
from shuzheng.support.identity.models import Account
from shuzheng.support.identity.queries import actor_of_account


class ActorMiddleware:
    """Sets `request.actor`; must come after the sign-in's own middleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Say who acts; asked only by pages that want to know."""
        request.actor = SimpleLazyObject(lambda: read_actor(request))  # type: ignore[attr-defined]
        return self.get_response(request)


def read_actor(request: HttpRequest) -> Actor:
    """Return who is signed in, on the post they chose, today."""
    if not isinstance(request.user, Account):
        return VISITOR
    now = timezone.now()
    return actor_of_account(request.user, on=get_calendar().local_day(now), at=now)
