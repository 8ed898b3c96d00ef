"""Coming in and going out: attempts counted, every entry written down."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from shuzheng.infrastructure.access.rules import VISITOR, Actor
from shuzheng.infrastructure.journal.operations import append
from shuzheng.support.identity.models import Account, SignInAttempt
from shuzheng.support.identity.rules import (
    FAILURES_OF_ADDRESS,
    FAILURES_OF_USERNAME,
    SIGN_IN_STOPPED,
    SIGNED_IN,
    SIGNED_OUT,
    WINDOW,
    TooManyAttempts,
    minutes_to_wait,
)


def check_attempts(*, username: str, address: str, at: datetime) -> None:
    """Refuse an attempt after too many wrong ones for this user name or from this address.

    Whether the user name exists makes no difference.

    Raises:
        TooManyAttempts: says how many minutes to wait.
    """
    minutes = _minutes_to_wait(username=username, address=address, at=at)
    if minutes:
        raise TooManyAttempts(minutes=minutes)


@transaction.atomic
def note_failed_attempt(*, username: str, address: str, at: datetime) -> None:
    """Count a wrong password; the one that stops the next attempt is written into the journal."""
    username = username.strip().lower()[:60]
    SignInAttempt.objects.create(username=username, address=address, at=at, succeeded=False)
    minutes = _minutes_to_wait(username=username, address=address, at=at)
    if minutes:
        append(
            actor=VISITOR,
            kind=SIGN_IN_STOPPED,
            subject=_subject_of(username),
            at=at,
            facts={"username": username, "minutes": minutes},
        )


@transaction.atomic
def note_signed_in(*, account: Account, address: str, by: Actor, at: datetime) -> None:
    """Write down that an account came in; its count of wrong passwords begins anew."""
    SignInAttempt.objects.filter(username=account.username, succeeded=False).delete()
    SignInAttempt.objects.filter(at__lt=at - 96 * WINDOW).delete()
    append(
        actor=by,
        kind=SIGNED_IN,
        subject=account.subject,
        at=at,
        facts={"address": address},
        person=account.person,
    )


@transaction.atomic
def note_signed_out(*, account: Account, by: Actor, at: datetime) -> None:
    """Write down that an account went out."""
    append(actor=by, kind=SIGNED_OUT, subject=account.subject, at=at, person=account.person)


def _minutes_to_wait(*, username: str, address: str, at: datetime) -> int:
    of_username = _failures(at=at, username=username.strip().lower()[:60])
    of_address = _failures(at=at, address=address)
    return max(
        minutes_to_wait(of_username, allowed=FAILURES_OF_USERNAME, at=at),
        minutes_to_wait(of_address, allowed=FAILURES_OF_ADDRESS, at=at),
    )


def _failures(*, at: datetime, **of: str) -> Sequence[datetime]:
    rows = SignInAttempt.objects.filter(succeeded=False, at__gt=at - WINDOW, **of)
    return tuple(rows.values_list("at", flat=True))


def _subject_of(username: str) -> str:
    account = Account.objects.filter(username=username).first()
    return account.subject if account else "sign-in:unknown"
