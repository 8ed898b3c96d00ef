"""Somebody chooses the language in which the house writes to them."""

from datetime import datetime

from django.db import transaction

from shuzheng.infrastructure.access.rules import Actor
from shuzheng.infrastructure.journal.operations import append
from shuzheng.support.identity.models import Account
from shuzheng.support.identity.rules import LANGUAGE_CHOSEN, NoSuchAccount


@transaction.atomic
def choose_language(*, language: str, by: Actor, at: datetime) -> None:
    """Keep the language of one's own account; mail goes out in it from now on.

    Args:
        language: ``zh-hans`` or ``en``; the one already kept changes nothing.

    Raises:
        NoSuchAccount: the actor has no account here.
    """
    rows = Account.objects.select_for_update()
    account = rows.filter(public_id=by.account).first() if by.account else None
    if account is None:
        raise NoSuchAccount
    before = account.locale
    if before == language:
        return
    account.locale = language
    account.save(update_fields=["locale"])
    append(
        actor=by,
        kind=LANGUAGE_CHOSEN,
        subject=account.subject,
        at=at,
        facts={"before": before, "language": language},
    )
