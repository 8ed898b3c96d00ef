"""What a BPMN timer means: durations, moments, cycles; in the past, over months, unreadable."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuzheng.support.cases.rules.timers import TimerUnreadable, next_firing

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
CITY = ZoneInfo("Asia/Shanghai")
MOMENTS = st.integers(0, 3 * 10**9).map(lambda second: datetime.fromtimestamp(second, UTC))


def fires(
    kind: str, value: str, *, now: datetime = NOW, previous: datetime | None = None
) -> datetime:
    return next_firing(kind=kind, value=value, now=now, zone=CITY, previous=previous)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("PT0S", NOW),
        ("P1DT2H", NOW + timedelta(days=1, hours=2)),
        ("P2W", NOW + timedelta(weeks=2)),
        ("PT1.5S", NOW + timedelta(seconds=1.5)),
        ("P3M", datetime(2027, 2, 23, 2, 0, tzinfo=UTC)),
        ("P1Y1D", datetime(2027, 11, 24, 2, 0, tzinfo=UTC)),
    ],
)
def test_a_duration_counts_from_now(value: str, expected: datetime) -> None:
    assert fires("duration", value) == expected


def test_a_month_from_the_thirty_first_ends_on_the_last_day() -> None:
    end = datetime(2027, 1, 31, tzinfo=UTC)
    assert fires("duration", "P1M", now=end) == datetime(2027, 2, 28, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2026-11-24T00:00:00+08:00", datetime(2026, 11, 23, 16, tzinfo=UTC)),
        ("2026-11-24T00:00:00", datetime(2026, 11, 23, 16, tzinfo=UTC)),
        ("2026-11-24", datetime(2026, 11, 23, 16, tzinfo=UTC)),
        ("1999-01-01T00:00:00Z", datetime(1999, 1, 1, tzinfo=UTC)),
    ],
)
def test_a_moment_is_itself_and_without_offset_the_citys(value: str, expected: datetime) -> None:
    assert fires("date", value) == expected


def test_a_cycle_keeps_its_beat_and_its_start() -> None:
    assert fires("cycle", "R3/P1D") == NOW + timedelta(days=1)
    assert fires("cycle", "R/2030-01-01T00:00:00Z/P1D") == datetime(2030, 1, 1, tzinfo=UTC)
    late = NOW + timedelta(days=4, hours=5)
    assert fires("cycle", "R/P1D", now=late, previous=NOW) == NOW + timedelta(days=5)
    assert fires("cycle", "R/PT0S", previous=NOW) == NOW


@given(MOMENTS, MOMENTS, st.integers(1, 10**6))
def test_a_missed_cycle_fires_next_after_now_and_in_its_beat(
    now: datetime, previous: datetime, seconds: int
) -> None:
    previous, now = sorted((previous, now))
    following = fires("cycle", f"R/PT{seconds}S", now=now, previous=previous)
    assert following > now
    assert (following - previous) % timedelta(seconds=seconds) == timedelta(0)
    assert following - timedelta(seconds=seconds) <= now


@pytest.mark.parametrize("kind", ["duration", "date", "cycle"])
@pytest.mark.parametrize(
    "value", ["", "P", "PT", "P-1D", "morgen", "2026-13-01", "R/", "R2/x", "P999999999D", "P101Y"]
)
def test_what_says_no_time_is_refused(kind: str, value: str) -> None:
    with pytest.raises(TimerUnreadable):
        fires(kind, value)


@given(st.sampled_from(["duration", "date", "cycle"]), st.text(max_size=30))
def test_any_text_is_a_moment_or_refused(kind: str, value: str) -> None:
    with suppress(TimerUnreadable):
        assert fires(kind, value).tzinfo is not None
