"""Limits per account and per address, counted in PostgreSQL so that every process sees them."""

from collections.abc import Callable, Sequence
from functools import wraps
from hashlib import sha256
from typing import Any

from django.db import connection
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from shuzheng.infrastructure.web.operations.guards import View, actor_of
from shuzheng.infrastructure.web.rules.limits import Rate, read_rate
from shuzheng.policy.refusals import Refusal, gettext_noop

# The database's clock decides the window: processes on several machines must agree. Addresses come
# before accounts everywhere, so that two requests never wait for each other's rows.
COUNT = """
    INSERT INTO web_requestcount (key, "window", count)
    SELECT key, moment - moment %% %(seconds)s, 1
    FROM unnest(%(keys)s::text[]) AS key,
         (SELECT extract(epoch FROM statement_timestamp())::bigint AS moment) AS clock
    ON CONFLICT (key, "window") DO UPDATE SET count = web_requestcount.count + 1
    RETURNING key, count, "window" + %(seconds)s - extract(epoch FROM statement_timestamp())::bigint
"""
FORGET = """
    DELETE FROM web_requestcount
    WHERE "window" < extract(epoch FROM statement_timestamp()) - 86400
"""
SWEEPS = "00"
"""One new window in 256, whose key begins so, sweeps out what is a day old: no job is needed."""


class TooManyRequests(Refusal):
    """Asked more often than the view allows; the interface answers 429."""

    code = "too-many-requests"
    template = gettext_noop("操作过于频繁，请在 {seconds} 秒后再试。")
    remedy = gettext_noop("您填写的内容没有丢失。")


def limited(rate: str, *, methods: tuple[str, ...] = ("POST",)) -> Callable[[View], View]:
    """Let each account, and each address, use the view only so often, such as ``10/m``.

    Only the given methods are counted.
    """
    allowed = read_rate(rate)

    def decorate(view: View) -> View:
        @wraps(view)
        def counted(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method in methods:
                name = f"{view.__module__}.{view.__qualname__}"
                count_request(keys=[f"{name} {who}" for who in _askers(request)], rate=allowed)
            return view(request, *args, **kwargs)

        counted.limit = allowed  # type: ignore[attr-defined]
        return counted

    return decorate


def count_request(*, keys: Sequence[str], rate: Rate) -> None:
    """Count one request of each key, all in one statement.

    Raises:
        TooManyRequests: a key used up its share; ``seconds`` says when a new one begins.
    """
    digests = [sha256(key.encode()).hexdigest() for key in keys]
    with connection.cursor() as cursor:
        cursor.execute(COUNT, {"keys": digests, "seconds": rate.seconds})
        counted = cursor.fetchall()
        if any(count == 1 and digest.startswith(SWEEPS) for digest, count, _ in counted):
            cursor.execute(FORGET)
    waits = [int(seconds) for _, count, seconds in counted if count > rate.times]
    if waits:
        raise TooManyRequests(seconds=max(1, *waits))


def _askers(request: HttpRequest) -> tuple[str, ...]:
    address = f"address {request.META.get('REMOTE_ADDR', '')}"
    account = actor_of(request).account
    return (address, f"account {account}") if account else (address,)
