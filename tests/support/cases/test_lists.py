"""What a post and a department see of their work; pages by key."""

from datetime import timedelta

import pytest

from shuzheng.support.cases import operations as cases
from shuzheng.support.cases import queries
from tests.support.cases.play import AT, NOODLES, RESTAURANT, TODAY, draft, submitted, task, wang

pytestmark = [pytest.mark.usefixtures("city"), pytest.mark.django_db]
WINDOW = {"department": "service", "today": TODAY}


def test_a_department_sees_its_cases_newest_first_and_no_drafts() -> None:
    applicant = wang()
    first, second = submitted(applicant, NOODLES), submitted(applicant, RESTAURANT)
    draft(applicant, NOODLES)
    listed = queries.list_cases(**WINDOW)
    assert [row.number for row in listed] == [second, first]
    assert [row.number for row in queries.list_cases(**WINDOW, before=listed[0].id)] == [first]
    assert [row.number for row in queries.list_cases(**WINDOW, limit=1)] == [second]
    assert queries.list_cases(department="fire", today=TODAY) == ()


def test_a_case_is_found_by_how_its_number_begins() -> None:
    applicant = wang()
    first, second = submitted(applicant, NOODLES), submitted(applicant, NOODLES)
    assert [row.number for row in queries.find_cases(number=first, **WINDOW)] == [first]
    assert [row.number for row in queries.find_cases(number="QZ-", **WINDOW)] == [second, first]
    assert queries.find_cases(number="%", **WINDOW) == ()
    assert queries.find_cases(number=first, department="fire", today=TODAY) == ()


def test_an_inbox_counts_what_it_lists_once() -> None:
    number = submitted(wang(), NOODLES)
    found = task(number, "receive")
    late = AT + timedelta(days=30)
    assert queries.count_inbox(post="service.supervisor") == 0
    cases.escalate_overdue(at=late)
    for post in ("service.window", "service.supervisor"):
        assert [row.id for row in queries.list_inbox(post=post, today=TODAY)] == [found.pk]
        assert queries.count_inbox(post=post) == 1
    assert (queries.list_inbox(post="", today=TODAY), queries.count_inbox(post="")) == ((), 0)
