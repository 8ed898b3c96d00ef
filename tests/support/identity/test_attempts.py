"""Guessing stops after five wrong passwords, for a quarter of an hour."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from shuzheng.support.identity.rules import FAILURES_OF_USERNAME, WINDOW, minutes_to_wait

AT = datetime(2026, 11, 23, 2, tzinfo=UTC)
MOMENTS = st.lists(
    st.integers(min_value=0, max_value=3600).map(lambda seconds: AT - timedelta(seconds=seconds)),
    max_size=12,
)


def ago(*minutes):
    return [AT - timedelta(minutes=each) for each in minutes]


def test_four_wrong_passwords_stop_nothing():
    assert minutes_to_wait(ago(1, 2, 3, 4), allowed=5, at=AT) == 0


def test_the_fifth_stops_until_the_first_is_a_quarter_of_an_hour_old():
    assert minutes_to_wait(ago(1, 2, 3, 4, 10), allowed=5, at=AT) == 5


def test_old_failures_do_not_count():
    assert minutes_to_wait(ago(1, 2, 3, 4, 15), allowed=5, at=AT) == 0


@given(MOMENTS)
def test_who_waits_as_told_may_try_again(failures):
    minutes = minutes_to_wait(failures, allowed=FAILURES_OF_USERNAME, at=AT)
    later = AT + timedelta(minutes=minutes)
    assert minutes_to_wait(failures, allowed=FAILURES_OF_USERNAME, at=later) == 0
    assert 0 <= minutes <= WINDOW // timedelta(minutes=1)
