"""A promise never outlasts the law, whatever unit either is counted in."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from shuzheng.institutions.calendar.rules import Calendar
from shuzheng.policy.periods import Period, PeriodUnit, due_on, exceeds_on

CALENDAR = Calendar()
START = date(2026, 1, 1)
PERIODS = st.builds(
    Period,
    amount=st.integers(0, 40),
    unit=st.sampled_from(list(PeriodUnit)),
    ends=st.sampled_from(["next_working_day", "exact"]),
)


@given(PERIODS, PERIODS, st.integers(0, 60), st.integers(0, 59))
def test_where_none_is_found_no_promise_of_the_span_outlasts_the_law(
    promise: Period, legal: Period, span: int, day: int
) -> None:
    found = exceeds_on(
        promise, legal, from_on=START, to_on=START + timedelta(days=span), calendar=CALENDAR
    )
    start = START + timedelta(days=min(day, span))
    ends = [due_on(each, started_on=start, calendar=CALENDAR) for each in (promise, legal)]
    if found is None:
        assert ends[0] <= ends[1]
    elif promise.unit != legal.unit or promise.ends != legal.ends:
        later = [due_on(each, started_on=found, calendar=CALENDAR) for each in (promise, legal)]
        assert later[0] > later[1]


def test_twenty_working_days_outlast_a_month_only_over_a_long_holiday() -> None:
    promise = Period(amount=20, unit=PeriodUnit.WORKING_DAY)
    month = Period(amount=1, unit=PeriodUnit.MONTH)
    spring = date(2026, 2, 10)
    span = {"from_on": spring, "to_on": spring, "calendar": CALENDAR}
    assert exceeds_on(promise, month, **span) == spring
    june = {"from_on": date(2026, 7, 1), "to_on": date(2026, 7, 1), "calendar": CALENDAR}
    assert exceeds_on(promise, month, **june) is None
