"""What is read of applied content is kept exactly as long as it holds."""

from uuid import uuid4

import pytest

from shuzheng.infrastructure.content.models import ContentVersion
from shuzheng.infrastructure.content.operations.versions import renew_version
from shuzheng.infrastructure.content.queries import kept, one_version

pytestmark = pytest.mark.django_db


@pytest.fixture
def counted():
    """A query that says how often it was really asked."""
    answers = iter(range(100))
    return kept(lambda: next(answers))


def test_before_anything_is_applied_nothing_is_kept(counted):
    assert [counted(), counted()] == [0, 1]


def test_what_was_read_is_kept_until_content_changes(counted):
    renew_version()
    assert [counted(), counted()] == [0, 0]

    renew_version()
    assert [counted(), counted()] == [1, 1]


def test_what_another_process_applied_is_seen_by_the_next_request(counted):
    renew_version()
    with one_version():
        assert counted() == 0

    ContentVersion.objects.update(version=uuid4())

    with one_version():
        assert counted() == 1


def test_a_request_asks_for_the_version_once(counted, django_assert_num_queries):
    renew_version()
    with one_version(), django_assert_num_queries(1):
        assert [counted(), counted()] == [0, 0]


def test_a_request_sees_one_version_from_beginning_to_end(counted):
    renew_version()
    with one_version():
        counted()
        ContentVersion.objects.update(version=uuid4())
        assert counted() == 0


def test_a_request_that_applies_content_sees_what_it_applied(counted):
    renew_version()
    with one_version():
        counted()
        renew_version()
        assert counted() == 1


def test_a_step_within_a_request_asks_for_the_version_no_more(counted, django_assert_num_queries):
    renew_version()
    with one_version(), django_assert_num_queries(1):
        counted()
        with one_version():
            counted()
        assert counted() == 0
