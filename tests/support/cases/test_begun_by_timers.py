"""A flow begins by a timer: as often as drawn, missed times once, new versions anew."""

from datetime import date, timedelta
from typing import Any

import pytest

from shuzheng.infrastructure.journal.models import Entry
from shuzheng.support.cases import operations as cases
from shuzheng.support.cases.models import Case, TimerStart
from shuzheng.support.workflow.operations import take_back
from tests.support.cases.beginnings import DAY, TASK, begun_by, cause, opened, start
from tests.support.cases.drawn import timer
from tests.support.cases.flows import BY, open_tasks
from tests.support.cases.play import AT

pytestmark = [pytest.mark.usefixtures("city", "replayed"), pytest.mark.django_db]


def fire(at: Any = AT) -> int:
    return cases.fire_starts(at=at)


def next_at(key: str) -> Any:
    return TimerStart.objects.get(matter=key).next_at


def test_a_cycle_begins_its_flow_each_time_as_often_as_drawn() -> None:
    begun_by("check", start(timer("timeCycle", "R2/P1D")))
    assert fire() == 0
    assert next_at("check") == AT + DAY
    assert fire(AT + DAY) == 1
    assert fire(AT + DAY) == 0
    assert fire(AT + 2 * DAY) == 1
    assert next_at("check") is None
    assert fire(AT + 9 * DAY) == 0
    first, second = opened("check")
    assert cause(first) == {
        "kind": "timer",
        "name": "R2/P1D",
        "key": "",
        "case": "",
        "at": (AT + DAY).isoformat(),
    }
    assert open_tasks(second) == ["t"]


def test_a_month_begins_its_flow_every_month() -> None:
    begun_by("check", start(timer("timeCycle", "R/P1M")))
    moments = [AT.replace(month=12), AT.replace(year=2027, month=1), AT.replace(year=2027, month=2)]
    assert [fire(each) for each in moments] == [1, 1, 1]
    assert next_at("check") == AT.replace(year=2027, month=3)


def test_moments_missed_while_the_house_was_down_begin_one_case() -> None:
    begun_by("check", start(timer("timeCycle", "R/P1D")))
    fire()
    assert fire(AT + 10 * DAY + timedelta(hours=1)) == 1
    assert next_at("check") == AT + 11 * DAY
    assert len(opened("check")) == 1


def test_a_duration_counts_from_publication_and_a_date_comes_once() -> None:
    begun_by("wait", start(timer("timeDuration", "PT2H")))
    begun_by("day", start(timer("timeDate", "2026-12-01")))
    begun_by("past", start(timer("timeDate", "2026-11-01")))
    assert fire(AT + timedelta(hours=2)) == 1
    assert fire(AT + 30 * DAY) == 1
    assert fire(AT + 60 * DAY) == 0
    assert [len(opened(key)) for key in ("wait", "day", "past")] == [1, 1, 0]


def test_a_new_version_counts_anew_where_it_says_another_time_and_goes_on_where_not() -> None:
    begun_by("check", start(timer("timeCycle", "R/P7D")))
    fire()
    begun_by("check", start(timer("timeCycle", "R/P7D"), more='name="每周"'))
    row = TimerStart.objects.get()
    assert fire(AT + DAY) == 0
    assert (row.next_at, next_at("check")) == (AT + 7 * DAY, AT + 7 * DAY)
    assert TimerStart.objects.get().flow_id != row.flow_id
    begun_by("check", start(timer("timeCycle", "R/P3D")))
    assert fire(AT + DAY) == 0
    assert next_at("check") == AT + 3 * DAY
    assert fire(AT + 3 * DAY) == 1
    (number,) = opened("check")
    assert Case.objects.get(number=number).flow_id == TimerStart.objects.get().flow_id


def test_a_flow_that_was_withdrawn_begins_at_no_timer() -> None:
    begun_by("check", start(timer("timeCycle", "R/P1D")))
    fire()
    take_back(key="check", by=BY, at=AT)
    assert fire(AT + 2 * DAY) == 0
    assert (opened("check"), TimerStart.objects.count()) == ([], 0)


def test_a_matter_not_yet_in_force_counts_from_its_day() -> None:
    begun_by("check", start(timer("timeCycle", "R/P1D")), valid_from=date(2026, 12, 1))
    assert fire(AT + 5 * DAY) == 0
    assert TimerStart.objects.count() == 0
    fire(AT.replace(month=12, day=1))
    assert next_at("check").isoformat() == "2026-12-01T16:00:00+00:00"


def test_a_timer_start_that_cannot_begin_is_told_once_and_holds_up_nobody() -> None:
    bad = TASK.replace("supervise:open_restaurant", "do:nothing")
    begun_by("bad", start(timer("timeDuration", "PT1H")), task=bad)
    begun_by("good", start(timer("timeDuration", "PT2H")))
    fire()
    assert fire(AT + timedelta(hours=2)) == 1
    assert fire(AT + timedelta(hours=3)) == 0
    assert (opened("bad"), len(opened("good"))) == ([], 1)
    assert Entry.objects.filter(kind="flow.not_begun").count() == 1
    begun_by("bad", start(timer("timeDuration", "PT1H")))
    assert fire(AT + timedelta(hours=9)) == 1


def test_a_time_nobody_can_read_is_told_once_and_holds_up_nobody() -> None:
    begun_by("bad", start(timer("timeDuration", "due")))
    begun_by("good", start(timer("timeDuration", "PT1H")))
    fire()
    assert fire(AT + DAY) == 1
    assert (opened("bad"), len(opened("good"))) == ([], 1)
    assert Entry.objects.get(kind="flow.not_begun").facts["code"] == "timer-unreadable"
