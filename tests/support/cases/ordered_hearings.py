"""A hearing that the organ itself orders."""

from dataclasses import replace
from datetime import date, time, timedelta

from shuzheng.infrastructure.access.rules import Actor
from shuzheng.support.cases import operations as cases
from shuzheng.support.cases.models import Hearing
from shuzheng.support.cases.rules.hearings import Announcement
from shuzheng.support.cases.rules.public_hearings import PUBLIC_INTEREST
from tests.support.cases.play import AT, on_post, review, task
from tests.support.cases.test_clocks import drainage

HELD = date(2026, 12, 7)
SAID = Announcement(
    held_on=HELD,
    begins=time(9, 30),
    place="政务中心三楼",
    chair="李主持",
    joining="可以在本页报名，也可以到场旁听。",
)
ON_THE_DAY = AT + timedelta(days=14)
SUBJECT = "上街一带排水管网的承载"
NEED = {"ground": PUBLIC_INTEREST, "subject": SUBJECT, "reasons": "关系沿线住户", "at": AT}


def reviewer() -> Actor:
    return on_post("housing.reviewer")


def chief() -> Actor:
    return on_post("housing.chief")


def asked() -> str:
    number = drainage()
    review(number)
    cases.order_hearing(number=number, by=reviewer(), **NEED)
    return number


def decide(number: str, *, is_approved: bool = True, reasons: str = "") -> None:
    found = task(number, "hearing_order").pk
    cases.decide_hearing_order(
        task_id=found, is_approved=is_approved, reasons=reasons, by=chief(), at=AT
    )


def ordered() -> str:
    number = asked()
    decide(number)
    return number


def announce(number: str, **changes: object) -> None:
    found = task(number, "hearing").pk
    said = replace(SAID, **changes)
    cases.announce_hearing(task_id=found, announcement=said, by=reviewer(), at=AT)


def announced() -> tuple[str, int]:
    number = ordered()
    announce(number)
    return number, Hearing.objects.get(case__number=number).pk


def record(number: str) -> None:
    cases.record_hearing(
        task_id=task(number, "hearing").pk,
        attendants=["王小明", "邻居代表"],
        minutes="各方意见",
        by=reviewer(),
        at=ON_THE_DAY,
    )
