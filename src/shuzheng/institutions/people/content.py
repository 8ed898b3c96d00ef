"""Staff of a city; whoever is in the repository is invented."""

from collections.abc import Iterator
from datetime import date, datetime

from pydantic import Field, model_validator

from shuzheng.infrastructure.access.rules import Actor
from shuzheng.infrastructure.content.rules import (
    ContentKind,
    ContentModel,
    Item,
    Library,
    Problem,
    register_kind,
    register_use,
)
from shuzheng.institutions.people.models import Assignment, Staff


class AssignmentContent(ContentModel):
    """A post held from one day to another."""

    post: str
    from_on: date
    to_on: date | None = None

    @model_validator(mode="after")
    def _in_order(self) -> "AssignmentContent":
        if self.to_on is not None and self.to_on < self.from_on:
            raise ValueError("任职的结束日期早于开始日期")
        return self


class StaffContent(ContentModel):
    """Somebody who works for the city, with the posts held."""

    number: str = Field(pattern=r"^[A-Z0-9-]{3,40}$")
    name: str = Field(min_length=1)
    posts: tuple[AssignmentContent, ...] = Field(min_length=1)


def check_staff(item: Item, library: Library) -> Iterator[Problem]:
    """Held posts are known."""
    for index, held in enumerate(item.value.posts):
        if library.get("post", held.post) is None:
            yield item.problem(
                "posts",
                index,
                "post",
                message=f"没有编码为“{held.post}”的岗位",
                remedy="请在 organisation/posts 中定义它，或改正编码。",
            )


def apply_staff(items: tuple[Item, ...], _by: Actor, _at: datetime) -> None:
    """Write staff and replace their assignments."""
    for item in items:
        value: StaffContent = item.value
        staff, _ = Staff.objects.update_or_create(
            number=value.number, defaults={"name": value.name}
        )
        staff.assignments.all().delete()
        Assignment.objects.bulk_create(
            Assignment(staff=staff, post=each.post, from_on=each.from_on, to_on=each.to_on)
            for each in value.posts
        )


def remove_staff(keys: tuple[str, ...], _by: Actor, _at: datetime) -> None:
    """Take staff away with their assignments."""
    Staff.objects.filter(number__in=keys).delete()


def use_of_post(post: str) -> str:
    """Say who still holds a post."""
    numbers = Assignment.objects.filter(post=post).values_list("staff__number", flat=True)
    return f"还有工作人员 {'、'.join(sorted(set(numbers)))} 担任它" if numbers else ""


STAFF = register_kind(
    ContentKind(
        name="staff",
        folder="people/staff",
        model=StaffContent,
        key=lambda value: value.number,
        check=check_staff,
        apply=apply_staff,
        remove=remove_staff,
        after=("post",),
    )
)
register_use("post", use_of_post)
