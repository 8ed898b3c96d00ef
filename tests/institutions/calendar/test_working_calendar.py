import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import MappingProxyType

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from shuzheng.infrastructure.access.rules import system
from shuzheng.infrastructure.content import operations as content
from shuzheng.institutions.calendar.queries import get_calendar
from shuzheng.institutions.calendar.rules import Calendar, published_working_day
from shuzheng.policy.periods import Period, due_on

EXAMPLE = settings.PROJECT_FOLDER / "cities" / "example"
PUBLISHED = Path(settings.SHARED_FOLDER) / "data" / "calendar"
PLAIN = Calendar()


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 2, 14), True),
        (date(2026, 2, 17), False),
        (date(2026, 10, 1), False),
        (date(2026, 11, 23), True),
        (date(2026, 11, 21), False),
    ],
)
def test_published_days_are_as_the_notice_says(day, works):
    assert PLAIN.is_working_day(day) is works
    assert not PLAIN.is_provisional(day)


@pytest.mark.shared
@pytest.mark.skipif(not PUBLISHED.is_dir(), reason="没有 SHUZHENG_SHARED/data/calendar")
def test_every_day_of_the_published_notices_agrees():
    days = [
        (date.fromisoformat(each["date"]), not each["isOffDay"])
        for path in sorted(PUBLISHED.glob("*.json"))
        for each in json.loads(path.read_text(encoding="utf-8"))["days"]
    ]

    assert len(days) > 315
    assert [day for day, works in days if PLAIN.is_working_day(day) is not works] == []


def test_an_unpublished_year_follows_the_weekends_and_says_so():
    friday, saturday = date(2039, 9, 30), date(2039, 10, 1)

    assert published_working_day(friday) is None
    assert PLAIN.is_working_day(friday)
    assert not PLAIN.is_working_day(saturday)
    assert PLAIN.is_provisional(friday)


def test_a_day_that_content_states_is_no_longer_provisional():
    friday = date(2039, 9, 30)
    stated = Calendar(overrides=MappingProxyType({friday: False}))

    assert not stated.is_working_day(friday)
    assert not stated.is_provisional(friday)


@given(st.dates(date(2000, 1, 1), date(2060, 12, 31)), st.booleans())
def test_an_override_always_wins(day, works):
    assert Calendar(overrides=MappingProxyType({day: works})).is_working_day(day) is works


def test_a_moment_late_in_the_day_in_utc_is_tomorrow_in_quzhou():
    assert PLAIN.local_day(datetime(2026, 11, 22, 15, 59, tzinfo=UTC)) == date(2026, 11, 22)
    assert PLAIN.local_day(datetime(2026, 11, 22, 16, 0, tzinfo=UTC)) == date(2026, 11, 23)


def test_a_moment_without_a_zone_has_no_day():
    with pytest.raises(ValueError, match="without time zone"):
        PLAIN.local_day(datetime(2026, 11, 22, 15, 59))  # noqa: DTZ001


def test_twenty_working_days_over_mid_autumn_and_the_national_day():
    twenty = Period(amount=20, unit="working_day")

    assert due_on(twenty, started_on=date(2026, 9, 21), calendar=PLAIN) == date(2026, 10, 26)


@pytest.mark.django_db
def test_without_content_the_calendar_is_the_published_one():
    assert get_calendar() == Calendar()


@pytest.mark.django_db
def test_content_states_days_and_taking_them_away_brings_the_published_ones_back(tmp_path, at):
    folder = tmp_path / "city"
    (folder / "calendar/days").mkdir(parents=True)
    (folder / "calendar/calendar.yaml").write_text("zone: Asia/Urumqi\n")
    day = folder / "calendar/days/festival.yaml"
    day.write_text("day: 2026-09-09\nis_working_day: false\nname: 节\nsource: 公告\n")
    content.apply_city(folder=folder, by=system("test"), reason="过节", at=at)
    stated = get_calendar()
    day.unlink()
    content.apply_city(folder=folder, by=system("test"), reason="取消", at=at + timedelta(days=1))

    assert (stated.zone_name, stated.is_working_day(date(2026, 9, 9))) == ("Asia/Urumqi", False)
    assert get_calendar().is_working_day(date(2026, 9, 9))
    assert get_calendar().version != stated.version


@pytest.mark.django_db
def test_the_calendar_is_read_again_only_when_it_changed(at, django_assert_num_queries):
    content.apply_city(folder=EXAMPLE, by=system("test"), reason="测试", at=at)
    first = get_calendar()

    with django_assert_num_queries(1):
        assert get_calendar() is first


def test_an_unknown_zone_is_a_problem(tmp_path):
    (tmp_path / "calendar").mkdir()
    (tmp_path / "calendar/calendar.yaml").write_text("zone: Asia/Quzhou\n")

    assert [each.message for each in content.check_city(folder=tmp_path)] == [
        "没有名为 Asia/Quzhou 的时区"
    ]
