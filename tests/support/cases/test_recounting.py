"""Due dates follow the calendar: with a recorded cause, once, and whatever rests on them too."""

from datetime import UTC, date, datetime, timedelta

import pytest

from shuzheng.infrastructure.access.rules import system
from shuzheng.infrastructure.content.operations.versions import renew_version
from shuzheng.infrastructure.journal.queries import list_entries_of_case
from shuzheng.institutions.calendar.content import DAYS, DayContent, apply_days, remove_days
from shuzheng.support.cases import operations as cases
from shuzheng.support.cases.models import Clock, Timer
from shuzheng.support.cases.rules import State
from tests.support.cases.play import AT, NOODLES, accepted, state, submitted, wang
from tests.support.cases.test_clocks import due

pytestmark = [pytest.mark.usefixtures("city"), pytest.mark.django_db]
HOLIDAY = date(2026, 11, 27)


class Said:
    """A day as content states it."""

    def __init__(self, day: date, *, is_working_day: bool) -> None:
        self.value = DayContent(
            day=day, is_working_day=is_working_day, name="调休", source="演示通知"
        )


def state_day(day: date = HOLIDAY, *, is_working_day: bool = False) -> None:
    apply_days((Said(day, is_working_day=is_working_day),), system("tests"), AT)  # type: ignore[arg-type]
    renew_version()


def moved(number: str) -> list[dict[str, object]]:
    return [
        dict(entry.facts)
        for entry in list_entries_of_case(number)
        if entry.kind == "case.due_moved"
    ]


def test_a_holiday_stated_later_moves_open_clocks_with_the_cause() -> None:
    number = accepted(wang(), NOODLES)
    before = due(number)
    state_day()
    assert cases.recount_due_dates(at=AT) > 0
    after = due(number)
    assert after == {
        "receiving": before["receiving"],
        "promise": date(2026, 12, 10),
        "statutory": date(2027, 1, 26),
    }
    assert before["promise"] == date(2026, 12, 9)
    causes = {(each["clock"], each["cause"]) for each in moved(number)}
    assert ("promise", "工作日历调整") in causes


def test_a_second_run_finds_nothing_and_taking_the_day_away_moves_it_back() -> None:
    number = accepted(wang(), NOODLES)
    before = due(number)
    state_day()
    cases.recount_due_dates(at=AT)
    entries = len(list_entries_of_case(number))
    assert cases.recount_due_dates(at=AT) == 0
    assert len(list_entries_of_case(number)) == entries
    remove_days((HOLIDAY.isoformat(),), system("tests"), AT)
    renew_version()
    assert cases.recount_due_dates(at=AT) > 0
    assert due(number) == before


def test_what_was_cut_short_goes_on_where_it_stopped() -> None:
    number = accepted(wang(), NOODLES)
    state_day()
    done = 0
    while cases.recount_due_dates(at=AT, limit=1):
        done += 1
    family = Clock.objects.filter(stopped_at__isnull=True).values("case").distinct().count()
    assert done == family
    assert due(number)["promise"] == date(2026, 12, 10)


def test_the_flow_waits_for_the_window_until_the_new_day() -> None:
    number = submitted(wang(), NOODLES)
    state_day()
    cases.recount_due_dates(at=AT)
    assert due(number)["receiving"] == date(2026, 12, 1)
    (timer,) = Timer.objects.filter(case__number=number, state="set")
    assert timer.fire_at == datetime(2026, 12, 1, 16, 0, tzinfo=UTC)
    cases.fire_timers(at=AT + timedelta(days=8))
    assert state(number) == State.SUBMITTED
    cases.fire_timers(at=AT + timedelta(days=9))
    assert state(number) == State.ACCEPTED


def test_a_day_in_an_unpublished_year_is_provisional_until_it_is_stated() -> None:
    number = accepted(wang(), NOODLES)
    clock = Clock.objects.get(case__number=number, kind="statutory")
    assert (clock.due_on, clock.is_provisional) == (date(2027, 1, 25), True)
    state_day(date(2027, 1, 25), is_working_day=True)
    cases.recount_due_dates(at=AT)
    clock.refresh_from_db()
    assert (clock.due_on, clock.is_provisional) == (date(2027, 1, 25), False)


def test_the_kind_of_content_is_the_one_that_cities_write() -> None:
    assert DAYS.name == "calendar_day"
