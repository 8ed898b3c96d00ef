"""A hearing that somebody asked for."""

from dataclasses import replace
from datetime import date, time

from shuzheng.support.cases import operations as cases
from shuzheng.support.cases.rules.hearings import Announcement
from tests.support.cases.play import AT, on_post, review, task, wang
from tests.support.cases.test_clocks import drainage

HELD = date(2026, 12, 7)
SAID = Announcement(held_on=HELD, begins=time(9, 30), place="政务中心三楼", chair="李主持")


def told() -> str:
    number = drainage()
    review(number)
    cases.tell_hearing_right(
        number=number, reasons="邻近住户排水共用管道", by=on_post("housing.reviewer"), at=AT
    )
    return number


def asked() -> str:
    number = told()
    cases.ask_hearing(number=number, by=wang(), at=AT)
    return number


def announce(number: str, **changes: object) -> None:
    cases.announce_hearing(
        task_id=task(number, "hearing").pk,
        announcement=replace(SAID, **changes),
        by=on_post("housing.reviewer"),
        at=AT,
    )
