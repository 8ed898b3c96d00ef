"""Who has a task is reminded before its limit: once, by day, and never of a clock that stands."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuzheng.infrastructure.journal.queries import list_entries_of_case
from shuzheng.support.cases import operations as cases
from shuzheng.support.cases.models import Reminder, Suspension, Task
from shuzheng.support.cases.rules.reminding import ReminderRule
from shuzheng.support.messages.queries import list_messages
from tests.support.cases.play import AT, NOODLES, on_post, submitted, task, wang, work_off
from tests.support.cases.refusals import nothing_changes

pytestmark = [pytest.mark.usefixtures("city"), pytest.mark.django_db]
NEAR = datetime(2026, 11, 27, 2, 0, tzinfo=UTC)
"""Friday ten o'clock in Quzhou; the limit is the Monday after."""


def reminders(number: str) -> list[dict[str, object]]:
    return [dict(e.facts) for e in list_entries_of_case(number) if e.kind == "task.near_limit"]


def test_a_holder_is_reminded_once_for_each_limit_and_the_post_reads_it() -> None:
    number = submitted(wang(), NOODLES)
    found = task(number, "receive")
    assert found.due_on == date(2026, 11, 30)
    cases.claim_task(task_id=found.pk, by=on_post("service.window"), at=AT)
    with nothing_changes():
        assert cases.remind_near(at=NEAR - timedelta(days=1)) == 0
    assert cases.remind_near(at=NEAR) == 1
    (facts,) = reminders(number)
    assert (facts["holder_name"], facts["days_left"]) == ("综合窗口甲", 1)
    with nothing_changes():
        assert cases.remind_near(at=NEAR + timedelta(days=3)) == 0
    work_off(NEAR)
    assert any("临近期限" in row.title for row in list_messages(post="service.window"))
    Task.objects.filter(pk=found.pk).update(due_on=date(2026, 12, 1))
    assert cases.remind_near(at=NEAR + timedelta(days=3)) == 1
    assert len(reminders(number)) == 2


@pytest.mark.parametrize("hour", [0, 12, 14, 23])
def test_at_night_and_on_days_off_nobody_is_reminded(hour: int) -> None:
    submitted(wang(), NOODLES)
    local = NEAR.replace(hour=hour)
    is_day = time(8) <= local.astimezone(UTC).time().replace(hour=(hour + 8) % 24) < time(20)
    with nothing_changes():
        assert is_day or cases.remind_near(at=local) == 0
        assert cases.remind_near(at=NEAR + timedelta(days=1)) == 0


def test_without_a_rule_in_content_nobody_is_reminded() -> None:
    submitted(wang(), NOODLES)
    Reminder.objects.all().delete()
    with nothing_changes():
        assert cases.remind_near(at=NEAR) == 0


def test_what_stands_still_or_is_done_or_late_is_not_reminded_of() -> None:
    number = submitted(wang(), NOODLES)
    found = task(number, "receive")
    with nothing_changes():
        assert cases.remind_near(at=NEAR + timedelta(days=10)) == 0
    standing = Suspension.objects.create(
        case=found.case,
        kind="testing",
        reason="取样",
        citation={},
        expected_working_days=5,
        from_at=AT,
        from_on=AT.date(),
    )
    assert cases.remind_near(at=NEAR) == 0
    standing.delete()
    cases.accept_case(task_id=found.pk, by=on_post("service.window"), at=AT)
    assert not reminders(number)


@given(
    st.times(),
    st.times(),
    st.times(),
    st.dates(date(2026, 1, 1), date(2026, 12, 31)),
    st.booleans(),
)
def test_quiet_hours_are_one_stretch_that_may_go_over_midnight(
    start: time, end: time, now: time, day: date, on_working_days: bool
) -> None:
    rule = ReminderRule(
        key="a",
        before_working_days=1,
        quiet_from=start,
        quiet_to=end,
        on_working_days=on_working_days,
    )
    local = datetime.combine(day, now, tzinfo=UTC)
    works = rule.is_quiet(local, lambda _: True)
    inside = start <= now < end if start <= end else not end <= now < start
    assert works is inside
    assert rule.is_quiet(local, lambda _: False) is (on_working_days or inside)
