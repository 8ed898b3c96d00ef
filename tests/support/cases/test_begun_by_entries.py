"""A flow begins by an entry of the journal, where its condition is true."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from shuzheng.infrastructure.journal.models import Entry
from shuzheng.support.cases import operations as cases
from shuzheng.support.cases.models import Case
from shuzheng.support.workflow.rules import ConditionUndecided
from tests.support.cases.beginnings import (
    BATCH,
    BEFORE,
    DAY,
    begun_by,
    cause,
    condition,
    entry,
    opened,
    send,
    start,
)
from tests.support.cases.drawn import MESSAGE, message
from tests.support.cases.flows import variables
from tests.support.cases.play import AT

pytestmark = [pytest.mark.usefixtures("city", "replayed"), pytest.mark.django_db]


def notice(**given: Any) -> int:
    return cases.notice_entry(entry=entry(**given), at=AT)


def carried() -> int:
    return cases.carry_messages(at=AT)


def test_an_entry_opens_a_case_of_the_matters_that_say_so_with_the_facts_they_take() -> None:
    begun_by("check", start(""), opened_by=BATCH)
    begun_by("other", start(""), opened_by=[{"entry": "case.delivered"}])
    assert notice(facts={"absent": 3, "dataset": "police", "name": "秘密"}) == 1
    assert carried() == 1
    (number,) = opened("check")
    taken = variables(number)
    assert (taken["absent"], taken["dataset"], "name" in taken) == (3, "police", False)
    assert cause(number)["name"] == "collection.endings_held"
    assert opened("other") == []


def test_the_same_entry_noticed_again_opens_nothing_more() -> None:
    begun_by("check", start(""), opened_by=BATCH)
    one = uuid4()
    for _ in range(3):
        notice(id=one)
        carried()
    assert len(opened("check")) == 1
    notice()
    carried()
    assert len(opened("check")) == 2


def test_a_conditional_start_opens_a_case_for_each_entry_for_which_it_is_true() -> None:
    many = start(condition("absent &gt;= 10"), key="many")
    few = start(condition("absent &gt; 0"), key="few")
    begun_by("check", many + few, opened_by=BATCH)
    assert [notice(facts={"absent": bad}) for bad in (0, 3, 12)] == [0, 1, 1]
    assert carried() == 2
    first, second = (Case.objects.get(number=each) for each in opened("check"))
    began = [each.steps.earliest("pk").told[0] for each in (first, second)]
    assert began == [
        {"e": ["start", "few"], "t": ["few_t"]},
        {"e": ["start", "many"], "t": ["many_t"]},
    ]


def test_a_condition_without_its_fact_is_told_and_opens_nothing() -> None:
    begun_by("check", start(condition("absent &gt; 0")), opened_by=BATCH)
    notice(facts={"absent": "many"})
    assert carried() == 0
    assert opened("check") == []
    told = Entry.objects.get(kind="flow.not_begun")
    assert (told.facts["cause"], told.facts["code"]) == ("entry", ConditionUndecided.code)


def test_what_was_written_before_the_matter_came_in_force_opens_nothing() -> None:
    begun_by("check", start(""), opened_by=BATCH)
    assert notice(at=BEFORE - DAY) == 0
    begun_by(
        "soon", start(""), opened_by=[{"entry": "case.delivered"}], valid_from=date(2027, 1, 1)
    )
    assert notice(kind="case.delivered") == 0
    assert notice(at=BEFORE) == 1


def test_a_flow_of_a_later_version_is_begun_by_what_was_written_before_it() -> None:
    begun_by("check", start(""), opened_by=BATCH)
    written = entry(at=AT - timedelta(minutes=1))
    begun_by("check", start("", more='name="改"'), opened_by=BATCH)
    assert cases.notice_entry(entry=written, at=AT) == 1
    assert carried() == 1


def test_a_matter_is_not_opened_by_its_own_cases_but_by_anothers() -> None:
    begun_by("audit", start(message()), head=MESSAGE)
    begun_by("check", start(""), opened_by=[{"entry": "case.opened"}])
    first = send().number
    assert notice(kind="case.opened", case=first) == 1
    carried()
    (number,) = opened("check")
    assert cause(number)["case"] == first
    assert notice(kind="case.opened", case=number) == 0
