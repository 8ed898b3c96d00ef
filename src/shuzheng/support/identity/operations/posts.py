"""An official changes post; what they may do changes with it."""

from datetime import date, datetime

from django.db import transaction

from shuzheng.infrastructure.access.rules import Actor
from shuzheng.infrastructure.journal.operations import append
from shuzheng.support.identity.models import Account
from shuzheng.support.identity.queries import actor_of_account, list_own_posts
from shuzheng.support.identity.rules import POST_SWITCHED, NoSuchAccount, NotYourPost


@transaction.atomic
def switch_post(*, post: str, on: date, by: Actor, at: datetime) -> Actor:
    """Act from now on on another of one's own posts, or on one that one stands in on.

    Args:
        on: the local day posts are asked for.

    Raises:
        NoSuchAccount: the actor has no account here.
        NotYourPost: the post is not theirs on that day; they stay where they were.
    """
    account = _own_account(by)
    if post not in {each.code for each in list_own_posts(account, on=on, at=at)}:
        raise NotYourPost(post=post, field="post")
    account.post = post
    account.save(update_fields=["post"])
    append(
        actor=by,
        kind=POST_SWITCHED,
        subject=account.subject,
        at=at,
        facts={"before": by.post, "post": post},
    )
    return actor_of_account(account, on=on, at=at)


def _own_account(by: Actor) -> Account:
    rows = Account.objects.select_for_update()
    account = rows.filter(public_id=by.account).first() if by.account else None
    if account is None:
        raise NoSuchAccount
    return account
