"""Staff as the rest of the house sees them."""

from dataclasses import dataclass
from datetime import date

from shuzheng.policy.refusals import NotFound, Refusal, gettext_noop


@dataclass(frozen=True, slots=True)
class Assignment:
    """Somebody holds a post from one day to another, both included; no end while it lasts."""

    post: str
    from_on: date
    to_on: date | None = None

    def holds(self, on: date) -> bool:
        """Say whether the post is held on that day."""
        return self.from_on <= on and (self.to_on is None or on <= self.to_on)


@dataclass(frozen=True, slots=True)
class Staff:
    """Somebody who works for the city."""

    number: str
    name: str
    assignments: tuple[Assignment, ...] = ()


class PeopleRefusal(Refusal):
    """Something about staff was refused."""


class StaffUnknown(PeopleRefusal, NotFound):
    """Nobody has this number."""

    code = "staff-unknown"
    template = gettext_noop("没有工号为“{number}”的工作人员。")
    remedy = gettext_noop("请核对工号。")
