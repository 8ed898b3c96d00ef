"""Timers of a flow, carried out in tables: in the past, in cycles, refused and tried again."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from shuzheng.infrastructure.journal.models import Entry
from shuzheng.support.cases import operations as cases
from shuzheng.support.cases.models import Task, Timer
from shuzheng.support.cases.operations.record.access import lock_case
from shuzheng.support.cases.operations.running.flow import change_variables
from shuzheng.support.cases.rules.timers import TimerUnreadable
from shuzheng.support.workflow.rules import ConditionUndecided
from tests.support.cases.drawn import ENDS, boundary, catch, timer, user
from tests.support.cases.flows import BY, begin, open_tasks, places, publish
from tests.support.cases.play import AT
from tests.support.cases.refusals import refuses

pytestmark = [pytest.mark.usefixtures("city", "replayed"), pytest.mark.django_db]


def test_a_timer_in_the_past_fires_once_and_at_once() -> None:
    flow = publish(
        "past",
        ENDS + user("t") + boundary("b", "t", timer("timeDate", "deadline")) + user("late"),
        "s>t t>e b>late late>e",
    )
    number = begin(flow, deadline="2020-01-01T00:00:00+08:00")
    assert open_tasks(number) == ["late"]
    assert Task.objects.filter(case__number=number).count() == 1
    assert cases.fire_timers(at=AT + timedelta(days=9)) == 0


def test_a_cycle_fires_as_often_as_it_says_and_makes_up_missed_times_once() -> None:
    flow = publish(
        "cycle",
        ENDS
        + user("t", "urge")
        + boundary("b", "t", timer("timeCycle", "R3/P1D"), interrupting=False),
        "s>t t>e b>urge urge>e",
    )
    number = begin(flow)
    assert cases.fire_timers(at=AT + timedelta(hours=23)) == 0
    assert cases.fire_timers(at=AT + timedelta(days=1, hours=1)) == 1
    assert Timer.objects.get(state="set").fire_at == AT + timedelta(days=2)
    assert cases.fire_timers(at=AT + timedelta(days=5, hours=1)) == 1
    assert Timer.objects.get(state="set").fire_at == AT + timedelta(days=6)
    assert cases.fire_timers(at=AT + timedelta(days=6)) == 1
    assert cases.fire_timers(at=AT + timedelta(days=60)) == 0
    assert open_tasks(number) == ["t", "urge", "urge", "urge"]


def test_a_duration_of_months_and_a_day_without_offset_are_the_citys() -> None:
    flow = publish(
        "dates",
        ENDS
        + catch("m", timer("timeDuration", "P1M"))
        + catch("d", timer("timeDate", "2027-02-01")),
        "s>m m>d d>e",
    )
    number = begin(flow, at=datetime(2026, 12, 31, 2, 0, tzinfo=UTC))
    assert Timer.objects.get().fire_at == datetime(2027, 1, 31, 2, 0, tzinfo=UTC)
    assert cases.fire_timers(at=datetime(2027, 1, 31, 2, 0, tzinfo=UTC)) == 1
    assert Timer.objects.get(state="set").fire_at == datetime(2027, 1, 31, 16, 0, tzinfo=UTC)
    assert places(number) == ["d"]


def test_a_timer_that_says_no_time_is_refused_and_nothing_is_begun() -> None:
    flow = publish("wrong", ENDS + catch("w", timer("timeDate", "deadline")), "s>w w>e")
    refuses(TimerUnreadable, begin, flow=flow, deadline="2026-13-01T00:00:00Z")


def test_a_timer_whose_flow_refuses_is_said_once_and_tried_less_and_less() -> None:
    flow = publish(
        "stuck",
        ENDS
        + catch("w", timer("timeDuration", "PT1H"))
        + '<exclusiveGateway id="g" default="g_e"/>'
        + user("t"),
        "s>w w>g g>t[overdue] g>e t>e",
    )
    number = begin(flow)
    later = AT + timedelta(hours=1)
    assert [cases.fire_timers(at=later), cases.fire_timers(at=later)] == [0, 0]
    stopped = Entry.objects.get(kind="flow.stopped")
    assert stopped.facts["code"] == ConditionUndecided.code
    assert (Timer.objects.get().attempts, places(number)) == (1, ["w"])
    with transaction.atomic():
        change_variables(*lock_case(number), {"overdue": True}, by=BY, at=later)
    assert cases.fire_timers(at=later + timedelta(minutes=1)) == 1
    assert open_tasks(number) == ["t"]
