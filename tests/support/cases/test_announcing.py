"""A hearing is announced in time, to everybody concerned, with a chair who did not review."""

from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest

from shuzheng.support.cases import operations as cases
from shuzheng.support.cases.rules.hearings import (
    ChairReviewed,
    HearingIncomplete,
    HearingTooLate,
    HearingTooSoon,
)
from shuzheng.support.identity.rules.acting import acting_name
from shuzheng.support.licences.operations import open_document
from shuzheng.support.licences.queries import list_documents_of_case
from shuzheng.support.licences.rules import NotFoundByCode
from shuzheng.support.messages.queries import list_messages
from tests.support.cases.hearings import SAID, announce, asked
from tests.support.cases.play import AT, on_post, task, wang, work_off
from tests.support.cases.refusals import refuses
from tests.support.cases.test_clocks import drainage

pytestmark = [pytest.mark.usefixtures("city"), pytest.mark.django_db]


def test_it_is_announced_seven_days_before_and_held_within_twenty() -> None:
    number = asked()
    act = partial(
        cases.announce_hearing,
        task_id=task(number, "hearing").pk,
        by=on_post("housing.reviewer"),
        at=AT,
    )
    too_soon = replace(SAID, held_on=date(2026, 12, 1))
    refusal = refuses(HearingTooSoon, act, announcement=too_soon)
    assert "2026-12-02" in str(refusal)
    refuses(HearingTooLate, act, announcement=replace(SAID, held_on=date(2026, 12, 22)))
    for missing in ({"place": " "}, {"chair": " "}, {"begins": None}):
        refuses(HearingIncomplete, act, announcement=replace(SAID, **missing))
    announce(number, held_on=date(2026, 12, 2))
    announce(number)


def test_everybody_concerned_is_told_the_time_in_writing() -> None:
    number = asked()
    announce(number, parties=("方以宁", " ", "方以宁"))
    work_off(AT + timedelta(seconds=1))
    own, other = sorted(
        (
            paper
            for paper in list_documents_of_case(number)
            if paper.template == "hearing_announcement"
        ),
        key=lambda paper: paper.title,
    )
    assert (own.title, own.recipient) == ("听证通知书", wang().person)
    assert (other.title, other.recipient) == ("听证通知书（利害关系人）", "")
    titles = [each.title for each in list_messages(person=wang().person)]
    assert any("听证定于2026年12月7日" in each for each in titles)
    open_document(code=own.code, purpose="", by=wang(), at=AT)
    refuses(NotFoundByCode, open_document, code=other.code, purpose="", by=wang(), at=AT)


def test_who_reviewed_does_not_chair() -> None:
    number = asked()
    act = partial(announce, number)
    refuses(ChairReviewed, act, chair=on_post("housing.reviewer").name)


def test_who_reviewed_while_standing_in_does_not_chair_either() -> None:
    number = drainage()
    standing_in = replace(on_post("housing.reviewer"), name=acting_name("钱工"))
    cases.review_matter(
        task_id=task(number, "review").pk,
        advises_grant=True,
        opinion="符合条件",
        by=standing_in,
        at=AT,
    )
    housing = on_post("housing.reviewer")
    cases.tell_hearing_right(number=number, reasons="共用管道", by=housing, at=AT)
    cases.ask_hearing(number=number, by=wang(), at=AT)
    act = partial(announce, number)
    assert "钱工" in str(refuses(ChairReviewed, act, chair="钱工"))
    refuses(ChairReviewed, act, chair=" 钱工（代） ")
    announce(number)
