"""Whose browser it was: a mark of the last reader who signed in, which outlives the session.

The mark is keyed and says nothing of the account; it tells only whether a form that was typed
before a session ended was typed by the reader who signs in now.
"""

from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare, salted_hmac

from shuzheng.infrastructure.web.operations.guards import actor_of

COOKIE = "reader"
SALT = "shuzheng.web.reader"
MARK_CHARACTERS = 32


def remember_reader(request: HttpRequest, answer: HttpResponse) -> None:
    """Leave the reader's mark in the browser; a visitor leaves the last one as it is."""
    mark = _mark(actor_of(request).account)
    if mark and not constant_time_compare(last_reader(request), mark):
        answer.set_cookie(COOKIE, mark, httponly=True, samesite="Lax", secure=request.is_secure())


def last_reader(request: HttpRequest) -> str:
    """Return the mark of who signed in last in this browser, empty if nobody did."""
    return request.COOKIES.get(COOKIE, "")[:MARK_CHARACTERS]


def is_reader(request: HttpRequest, mark: str) -> bool:
    """Say whether the mark is that of who is signed in now."""
    return constant_time_compare(_mark(actor_of(request).account), mark)


def _mark(account: str) -> str:
    """Return the mark of an account, 32 hexadecimal characters; empty for a visitor."""
    keyed = salted_hmac(SALT, account, algorithm="sha256").hexdigest()
    return keyed[:MARK_CHARACTERS] if account else ""
