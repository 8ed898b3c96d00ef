"""Which remedy was sought against a decision, and how it ended, is kept with the case."""

from datetime import date, timedelta
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuzheng.infrastructure.access.rules import PostLacksPermission
from shuzheng.infrastructure.journal.queries import list_entries_of_case
from shuzheng.support.cases import operations as cases
from shuzheng.support.cases.rules import CaseNotFound
from shuzheng.support.cases.rules.remedies import (
    NothingToContest,
    RemedyIncomplete,
    RemedyInFuture,
    RemedyNotFound,
    require_day,
)
from tests.support.cases.play import AT, NOODLES, accepted, member, on_post, progress, rule, wang
from tests.support.cases.refusals import actors, outcomes, refuses

DAY = date(2026, 11, 25)
LATER = AT + timedelta(days=10)


@given(st.dates(), st.dates(), st.dates())
def test_a_day_lies_between_the_decision_and_today(day: date, earliest: date, today: date) -> None:
    act = partial(require_day, day=day, earliest=earliest, today=today)
    if earliest <= day <= today:
        act()
    else:
        with pytest.raises(RemedyInFuture):
            act()


@pytest.mark.usefixtures("city")
@pytest.mark.django_db
class TestInACase:
    def refused(self) -> str:
        fire = member(accepted(wang(), {**NOODLES, "floor_area": 400}), "fire_inspection")
        rule(fire, is_granted=False, reasons="疏散出口不足")
        return fire

    def sought(self, number: str) -> int:
        return cases.record_remedy(
            number=number,
            kind="review",
            organ="衢州市人民政府",
            reference="衢政复2026-1号",
            sought_on=DAY,
            by=on_post("fire.chief"),
            at=LATER,
        )

    def test_the_written_refusal_names_organ_and_days_and_the_remedy_is_kept(self) -> None:
        number = self.refused()
        ruling = progress(number).ruling
        assert ruling is not None
        assert "六十日内" in ruling.remedies
        assert "六个月内" in ruling.remedies
        remedy = self.sought(number)
        cases.record_remedy_result(
            number=number,
            remedy=remedy,
            result="set_aside",
            result_on=date(2026, 12, 1),
            consequence="重新审查并作出决定",
            by=on_post("fire.chief"),
            at=LATER,
        )
        (row,) = progress(number).remedies
        assert (row.kind, row.organ, row.result) == ("行政复议", "衢州市人民政府", "撤销")
        kinds = [each.kind for each in list_entries_of_case(number.rpartition("-")[0])]
        assert kinds.count("case.remedy_sought") == kinds.count("case.remedy_decided") == 1

    def test_what_is_missing_is_asked_for(self) -> None:
        number = self.refused()
        act = partial(cases.record_remedy, number=number, by=on_post("fire.chief"), at=LATER)
        refuses(RemedyIncomplete, act, kind="reconsideration", organ="政府", sought_on=DAY)
        refuses(RemedyIncomplete, act, kind="review", organ=" ", sought_on=DAY)
        refuses(RemedyInFuture, act, kind="review", organ="政府", sought_on=date(2026, 11, 22))
        remedy = self.sought(number)
        end = partial(
            cases.record_remedy_result,
            number=number,
            remedy=remedy,
            by=on_post("fire.chief"),
            at=LATER,
        )
        refuses(RemedyIncomplete, end, result="", result_on=DAY)
        refuses(RemedyIncomplete, end, result="set_aside", result_on=DAY)
        refuses(RemedyInFuture, end, result="upheld", result_on=date(2027, 1, 1))
        end(result="upheld", result_on=DAY)
        refuses(RemedyNotFound, end, result="upheld", result_on=DAY)

    def test_before_a_decision_there_is_nothing_to_contest(self) -> None:
        fire = member(accepted(wang(), {**NOODLES, "floor_area": 400}), "fire_inspection")
        act = partial(cases.record_remedy, number=fire, by=on_post("fire.chief"), at=LATER)
        refuses(NothingToContest, act, kind="review", organ="政府", sought_on=DAY)

    def test_who_may_not(self) -> None:
        number = self.refused()
        remedy = self.sought(number)
        who = actors(reviewer="fire.reviewer", window="service.window", market="market.chief")
        acts = {
            "sought": lambda by: cases.record_remedy(
                number=number, kind="review", organ="政府", sought_on=DAY, by=by, at=LATER
            ),
            "decided": lambda by: cases.record_remedy_result(
                number=number, remedy=remedy, result="upheld", result_on=DAY, by=by, at=LATER
            ),
        }
        lacks = dict.fromkeys(who, PostLacksPermission.code)
        assert outcomes(acts, who) == {
            each: {**lacks, "market": CaseNotFound.code} for each in acts
        }
