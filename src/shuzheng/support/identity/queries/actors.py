"""Who acts, seen from an account: a person for themselves, or an official on a post."""

from datetime import date

from shuzheng.infrastructure.access.rules import VISITOR, Actor
from shuzheng.institutions.organisation.queries import get_post
from shuzheng.institutions.organisation.rules import Post
from shuzheng.institutions.people.queries import list_posts_of_staff
from shuzheng.support.identity.models import Account


def actor_of_account(account: Account, *, on: date) -> Actor:
    """Return the actor of a signed-in account on that local day.

    A member of staff acts on the post they chose, or on their first; one who holds no post today
    can do nothing that needs one.
    """
    if not account.is_active:
        return VISITOR
    post = _current_post(account, on=on)
    return _official(account, post) if post else _person(account)


def list_own_posts(account: Account, *, on: date) -> tuple[Post, ...]:
    """Return the posts the account's owner may act on that day."""
    if not account.staff_number:
        return ()
    return tuple(get_post(code) for code in list_posts_of_staff(account.staff_number, on))


def _current_post(account: Account, *, on: date) -> Post | None:
    if not account.staff_number:
        return None
    codes = list_posts_of_staff(account.staff_number, on)
    code = account.post if account.post in codes else next(iter(codes), "")
    return get_post(code) if code else None


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
