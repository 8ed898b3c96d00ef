"""Who holds which post on which day."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache

from django.db.models import CharField, DateField, Q, QuerySet

from shuzheng.infrastructure.database.queries import Among, Parameter, Prepared
from shuzheng.institutions.people import models
from shuzheng.institutions.people.rules import Assignment, Staff, StaffUnknown


def get_staff(number: str) -> Staff:
    """Return somebody with all assignments.

    Raises:
        StaffUnknown: nobody has this number.
    """
    row = models.Staff.objects.prefetch_related("assignments").filter(number=number).first()
    if row is None:
        raise StaffUnknown(number=number)
    return _staff(row)


def list_staff() -> tuple[Staff, ...]:
    """Return all staff by number."""
    rows = models.Staff.objects.prefetch_related("assignments").order_by("number")
    return tuple(_staff(row) for row in rows)


def list_posts_of_staff(number: str, on: date) -> tuple[str, ...]:
    """Return the codes of the posts somebody holds on a day, the oldest assignment first."""
    return tuple(row.post for row in _posts_of_staff().ask(number=number, on=on))


@cache
def _posts_of_staff() -> Prepared:
    on = Parameter("on", DateField())
    rows = _held(on).filter(staff__number=Parameter("number", CharField()))
    return Prepared(rows.order_by("from_on", "post").values_list("post", named=True))


def list_posts_of_many(numbers: Iterable[str], on: date) -> Mapping[str, frozenset[str]]:
    """Return the codes of the posts each of these members of staff holds on a day."""
    posts: dict[str, set[str]] = {number: set() for number in numbers}
    held = _held(on).filter(staff__number__in=posts).values_list("staff__number", "post")
    for number, post in held:
        posts[number].add(post)
    return {number: frozenset(each) for number, each in posts.items()}


def list_holders(posts: Iterable[str], on: date) -> Mapping[str, frozenset[str]]:
    """Return the numbers of the staff who hold each of these posts on a day."""
    numbers: dict[str, set[str]] = {post: set() for post in posts}
    for row in _staff_of_posts().ask(posts=list(numbers), on=on):
        numbers[row.post].add(row.staff__number)
    return {post: frozenset(each) for post, each in numbers.items()}


@cache
def _staff_of_posts() -> Prepared:
    held = _held(Parameter("on", DateField())).filter(Among("post", "posts"))
    return Prepared(held.values_list("post", "staff__number", named=True))


def list_staff_of_post(post: str, on: date) -> tuple[Staff, ...]:
    """Return who holds a post on a day, by number."""
    numbers = _held(on).filter(post=post).values_list("staff__number", flat=True)
    return tuple(get_staff(number) for number in sorted(numbers))


def _held(on: date | Parameter) -> QuerySet[models.Assignment]:
    open_or_later = Q(to_on=None) | Q(to_on__gte=on)
    return models.Assignment.objects.filter(open_or_later, from_on__lte=on)


def _staff(row: models.Staff) -> Staff:
    rows = sorted(row.assignments.all(), key=lambda each: (each.from_on, each.post))
    held = tuple(Assignment(each.post, each.from_on, each.to_on) for each in rows)
    return Staff(number=row.number, name=row.name, assignments=held)
