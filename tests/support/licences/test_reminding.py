"""Holders are told once, in time, that a licence ends and until when they ask for renewal."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuzheng.infrastructure.journal.queries import list_entries_of_subject
from shuzheng.institutions.calendar.rules import Calendar
from shuzheng.policy.periods import Period, PeriodUnit, due_on
from shuzheng.support.licences.models import Licence
from shuzheng.support.licences.operations import remind_of_renewal
from shuzheng.support.licences.queries import Licence as Row
from shuzheng.support.licences.rules.renewal import days_before

CALENDAR = Calendar()
LAST = date(2026, 9, 30)
REMIND = datetime(2026, 8, 5, 2, tzinfo=UTC)


@given(st.dates(date(2026, 3, 1), date(2026, 12, 31)), st.integers(1, 40))
def test_from_the_last_day_to_ask_so_many_working_days_remain_and_a_day_later_they_do_not(
    last: date, days: int
) -> None:
    asked = days_before(last, days, is_working_day=CALENDAR.is_working_day)
    period = Period(amount=days, unit=PeriodUnit.WORKING_DAY)
    assert due_on(period, started_on=asked, calendar=CALENDAR) <= last
    next_day = asked + timedelta(days=1)
    assert due_on(period, started_on=next_day, calendar=CALENDAR) > last


@pytest.mark.django_db
def test_a_holder_is_reminded_once_with_the_last_day_to_ask(issued: Row) -> None:
    Licence.objects.update(valid_until=LAST)
    assert remind_of_renewal(at=REMIND - timedelta(days=1)) == 0
    assert remind_of_renewal(at=REMIND) == 1
    assert remind_of_renewal(at=REMIND + timedelta(days=1)) == 0
    (entry,) = [
        each
        for each in list_entries_of_subject(f"licence:{issued.code}")
        if each.kind == "licence.renewal_due"
    ]
    assert entry.person == (issued.recipient or issued.holder_reference)
    assert entry.facts["valid_until"] == "2026-09-30"
    assert entry.facts["ask_by_on"] == "2026-08-19"
    assert entry.facts["clause"] == "《行政许可法》(2019-04-23)第五十条第一款"


@pytest.mark.django_db
def test_what_has_ended_or_never_ends_reminds_nobody(issued: Row) -> None:
    Licence.objects.update(valid_until=LAST, state="revoked")
    assert remind_of_renewal(at=REMIND) == 0
    Licence.objects.update(valid_until=None, state="in_force")
    assert remind_of_renewal(at=REMIND) == 0
