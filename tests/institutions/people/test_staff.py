from datetime import date

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from shuzheng.infrastructure.access.rules import system
from shuzheng.infrastructure.content import operations as content
from shuzheng.institutions.people import models
from shuzheng.institutions.people.content import use_of_post
from shuzheng.institutions.people.queries import (
    get_staff,
    list_posts_of_staff,
    list_staff,
    list_staff_of_post,
)
from shuzheng.institutions.people.rules import Assignment, Staff, StaffUnknown

EXAMPLE = settings.PROJECT_FOLDER / "cities" / "example"
SHI = Staff(
    "QS0001",
    "石小川",
    (
        Assignment("hall.window", date(2026, 1, 1), date(2026, 6, 30)),
        Assignment("office.director", date(2026, 7, 1)),
    ),
)


@pytest.fixture
def qingshi(db, at):
    content.apply_city(folder=EXAMPLE, by=system("test"), reason="测试", at=at)


@pytest.mark.usefixtures("qingshi")
class TestTheInventedCity:
    def test_somebody_is_found_by_number_with_all_posts_held(self):
        assert get_staff("QS0001") == SHI
        assert list_staff() == (SHI,)

    def test_an_unknown_number_is_refused_in_words(self):
        with pytest.raises(StaffUnknown, match="没有工号为“QS9999”的工作人员"):
            get_staff("QS9999")

    @pytest.mark.parametrize(
        ("on", "posts"),
        [
            (date(2025, 12, 31), ()),
            (date(2026, 1, 1), ("hall.window",)),
            (date(2026, 6, 30), ("hall.window",)),
            (date(2026, 7, 1), ("office.director",)),
            (date(2036, 7, 1), ("office.director",)),
        ],
    )
    def test_posts_are_held_from_their_first_to_their_last_day(self, on, posts):
        assert list_posts_of_staff("QS0001", on) == posts

    def test_who_holds_a_post_is_found_by_day(self):
        assert list_staff_of_post("hall.window", date(2026, 3, 1)) == (SHI,)
        assert list_staff_of_post("hall.window", date(2026, 8, 1)) == ()

    def test_a_post_somebody_holds_is_in_use(self):
        assert use_of_post("hall.window") == "还有工作人员 QS0001 担任它"
        assert use_of_post("hall.agent") == ""

    def test_a_post_cannot_end_before_it_begins(self):
        staff = models.Staff.objects.get(number="QS0001")
        with pytest.raises(IntegrityError), transaction.atomic():
            models.Assignment.objects.create(
                staff=staff, post="x", from_on=date(2026, 2, 1), to_on=date(2026, 1, 1)
            )


def test_staff_on_an_unknown_post_is_a_problem_with_its_line(tmp_path):
    (tmp_path / "people").mkdir()
    (tmp_path / "people/staff.yaml").write_text(
        "number: QS1\nname: 某人\nposts:\n  - post: none\n    from_on: 2026-01-01\n"
    )

    assert [
        (each.line, each.field, each.message) for each in content.check_city(folder=tmp_path)
    ] == [(4, "posts.0.post", "没有编码为“none”的岗位")]


def test_a_term_that_ends_before_it_begins_is_a_problem(tmp_path):
    (tmp_path / "people").mkdir()
    (tmp_path / "people/staff.yaml").write_text(
        "number: QS1\nname: 某人\nposts:\n"
        "  - {post: none, from_on: 2026-02-01, to_on: 2026-01-01}\n"
    )

    assert [(each.line, each.message) for each in content.check_city(folder=tmp_path)] == [
        (4, "任职的结束日期早于开始日期")
    ]


DAYS = st.dates(date(2020, 1, 1), date(2030, 1, 1))


@given(DAYS, DAYS, DAYS)
def test_a_post_is_held_between_its_days_and_at_no_other_time(first, last, on):
    assert Assignment("a", first, last).holds(on) == (first <= on <= last)
    assert Assignment("a", first).holds(on) == (first <= on)
