"""Accounts as other rooms may know them: no ID number, no password."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from uuid import UUID

from django.db.models import QuerySet

from shuzheng.infrastructure.database.queries import Among, Prepared
from shuzheng.institutions.calendar.queries import get_calendar
from shuzheng.institutions.people.queries import list_holders, list_posts_of_many
from shuzheng.support.identity.models import Account, OneTimeLink
from shuzheng.support.identity.queries.acting import acting_posts, list_acting_accounts
from shuzheng.support.identity.rules import LinkClosed, NoSuchAccount
from shuzheng.support.identity.rules.acting import acting_name


@dataclass(frozen=True, slots=True)
class AccountRow:
    """An account: who it is for, how surely that is known, and whether it may come in."""

    id: UUID
    username: str
    display_name: str
    person: str
    staff_number: str
    assurance: str
    assurance_name: str
    assured_by: str
    assured_how: str
    assured_at: datetime | None
    demonstration: bool
    role: str
    is_active: bool
    locale: str


def get_account(account: UUID | str) -> AccountRow:
    """Return an account by its public identifier.

    Raises:
        NoSuchAccount
    """
    row = Account.objects.filter(public_id=account).first()
    if row is None:
        raise NoSuchAccount
    return as_row(row)


def find_account(username: str) -> AccountRow | None:
    """Return the account of that user name, or None."""
    row = Account.objects.filter(username=username.lower()).first()
    return as_row(row) if row else None


def get_account_of_staff(staff_number: str) -> AccountRow | None:
    """Return the account of a member of staff, if they have one."""
    rows = Account.objects.filter(staff_number=staff_number)
    row = rows.first() if staff_number else None
    return as_row(row) if row else None


def get_account_of_person(person: str) -> AccountRow | None:
    """Return the account through which a person acts for themselves, if they have one."""
    row = Account.objects.filter(person=person, staff_number="").first() if person else None
    return as_row(row) if row else None


def list_accounts_of_post(post: str, *, on: date) -> tuple[AccountRow, ...]:
    """Return the active accounts of the staff who hold the post on that day."""
    numbers = list_holders([post], on)[post]
    return tuple(as_row(row) for row in _staff().filter(staff_number__in=numbers))


def list_colleagues(post: str, *, at: datetime) -> tuple[AccountRow, ...]:
    """Return who may act on a post at a moment: who holds it, then who stands in on it."""
    own = list_accounts_of_post(post, on=get_calendar().local_day(at))
    known = {row.id for row in own}
    standing = (as_row(each) for each in list_acting_accounts(post, at=at))
    acting = (replace(row, display_name=acting_name(row.display_name)) for row in standing)
    return (*own, *(row for row in acting if row.id not in known))


def list_posts_of_accounts(
    accounts: Iterable[str], *, at: datetime
) -> Mapping[str, frozenset[str]]:
    """Return the posts each account may act on at a moment; none for an account unknown or closed.

    Args:
        accounts: public identifiers; what is none of ours holds nothing.
    """
    posts: dict[str, frozenset[str]] = dict.fromkeys(accounts, frozenset())
    rows = _staff().filter(public_id__in=[each for each in posts if is_identifier(each)])
    held = list_posts_of_many([row.staff_number for row in rows], get_calendar().local_day(at))
    acting = acting_posts(rows, at=at)
    return posts | {
        str(row.public_id): held[row.staff_number] | set(acting.get(row.pk, ())) for row in rows
    }


def list_held_posts(*, at: datetime) -> frozenset[str]:
    """Return the posts on which somebody with an open account may act at a moment."""
    rows = tuple(_staff())
    held = list_posts_of_many([row.staff_number for row in rows], get_calendar().local_day(at))
    return frozenset().union(*held.values(), *acting_posts(rows, at=at).values())


def held_among(posts: Iterable[str], *, at: datetime) -> frozenset[str]:
    """Return those of the posts on which somebody with an open account may act at a moment."""
    holders = list_holders(posts, get_calendar().local_day(at))
    numbers = frozenset[str]().union(*holders.values())
    active = {row.staff_number for row in _active_among().ask(numbers=list(numbers))}
    return frozenset(
        post for post, own in holders.items() if own & active or list_acting_accounts(post, at=at)
    )


@cache
def _active_among() -> Prepared:
    rows = _staff().filter(Among("staff_number", "numbers")).order_by()
    return Prepared(rows.values_list("staff_number", named=True))


def is_identifier(text: str) -> bool:
    """Say whether a text could be an account's public identifier."""
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def list_staff_accounts() -> tuple[AccountRow, ...]:
    """Return all accounts of members of staff, suspended ones too, by staff number."""
    rows = Account.objects.exclude(staff_number="").order_by("staff_number")
    return tuple(as_row(row) for row in rows)


def list_demonstration_accounts() -> tuple[AccountRow, ...]:
    """Return the accounts one may switch between in demonstration mode."""
    return tuple(as_row(row) for row in Account.objects.filter(demonstration=True).order_by("pk"))


def count_accounts() -> int:
    """Return how many accounts there are."""
    return Account.objects.count()


def has_password(account: UUID) -> bool:
    """Say whether a password has been set for the account."""
    row = Account.objects.filter(public_id=account).first()
    return row is not None and row.has_usable_password()


def get_account_of_link(token_sha256: str, *, at: datetime) -> AccountRow:
    """Return the account a one-time link or code lets in now.

    Raises:
        LinkClosed, LinkUsed, LinkExpired
    """
    rows = OneTimeLink.objects.select_related("account")
    link = rows.filter(token_sha256=token_sha256).first()
    if link is None:
        raise LinkClosed
    link.check_open(at=at)
    return as_row(link.account)


def as_row(row: Account) -> AccountRow:
    """Return the row as it leaves the room."""
    return AccountRow(
        id=row.public_id,
        username=row.username,
        display_name=row.display_name,
        person=row.person,
        staff_number=row.staff_number,
        assurance=row.assurance,
        assurance_name=Account.Assurance(row.assurance).label,
        assured_by=row.assured_by,
        assured_how=row.assured_how,
        assured_at=row.assured_at,
        demonstration=row.demonstration,
        role=row.role,
        is_active=row.is_active,
        locale=row.locale,
    )


def _staff() -> QuerySet[Account]:
    return Account.objects.filter(is_active=True).exclude(staff_number="").order_by("staff_number")
