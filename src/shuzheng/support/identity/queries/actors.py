"""Who acts, seen from an account: a person for themselves, or an official on a post."""

from dataclasses import replace
from datetime import date, datetime

from shuzheng.infrastructure.access.rules import VISITOR, Actor
from shuzheng.institutions.organisation.queries import get_post
from shuzheng.institutions.organisation.rules import Post
from shuzheng.institutions.people.queries import list_posts_of_staff
from shuzheng.support.identity.models import Account
from shuzheng.support.identity.queries.acting import acting_posts
from shuzheng.support.identity.rules.acting import acting_name, lent_permissions


def actor_of_account(account: Account, *, on: date, at: datetime | None = None) -> Actor:
    """Return the actor of a signed-in account on that local day.

    A member of staff acts on the post they chose, or on their first; one who holds no post today
    can do nothing that needs one.

    Args:
        at: the moment, for a post one stands in on; without it such a post does not count.
    """
    if not account.is_active:
        return VISITOR
    return _official_now(account, on=on, at=at) or _person(account)


def list_own_posts(account: Account, *, on: date, at: datetime | None = None) -> tuple[Post, ...]:
    """Return the posts the account's owner may act on that day, or at that moment."""
    if not account.staff_number:
        return ()
    codes = (*list_posts_of_staff(account.staff_number, on), *_acting(account, at))
    return tuple(get_post(code) for code in dict.fromkeys(codes))


def _official_now(account: Account, *, on: date, at: datetime | None) -> Actor | None:
    if not account.staff_number:
        return None
    own, acting = list_posts_of_staff(account.staff_number, on), _acting(account, at)
    choice = account.post if account.post in {*own, *acting} else next(iter(own), "")
    if not choice:
        return None
    actor = _official(account, get_post(choice))
    return actor if choice in own else _standing_in(actor)


def _acting(account: Account, at: datetime | None) -> tuple[str, ...]:
    return acting_posts([account], at=at).get(account.pk, ()) if at else ()


def _standing_in(actor: Actor) -> Actor:
    return replace(
        actor,
        name=acting_name(actor.name),
        permissions=lent_permissions(actor.permissions),
        is_acting=True,
    )


def _person(account: Account) -> Actor:
    return Actor(
        kind="person",
        account=str(account.public_id),
        name=account.display_name,
        person=account.person,
        demonstration=account.demonstration,
    )


def _official(account: Account, post: Post) -> Actor:
    return Actor(
        kind="official",
        account=str(account.public_id),
        name=account.display_name,
        person=account.person,
        post=post.code,
        department=post.department,
        areas=tuple(post.areas),
        permissions=frozenset(post.permissions),
        demonstration=account.demonstration,
    )
