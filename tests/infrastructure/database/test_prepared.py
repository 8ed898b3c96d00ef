from datetime import date

import pytest
from django.db import connection
from django.db.models import CharField, DateField

from shuzheng.infrastructure.database.queries import Among, Parameter, Prepared
from shuzheng.institutions.people.models import Assignment, Staff
from shuzheng.support.messages.models import TemplateDefinition

pytestmark = pytest.mark.django_db

FIRST, LATER = date(2026, 1, 1), date(2026, 6, 1)


@pytest.fixture(autouse=True)
def assignments():
    staff = Staff.objects.create(number="T1", name="试一")
    for post, begin in (("test.one", FIRST), ("test.two", LATER)):
        Assignment.objects.create(staff=staff, post=post, from_on=begin)


def posts():
    held = Assignment.objects.filter(
        from_on__lte=Parameter("on", DateField()), staff__number=Parameter("number", CharField())
    )
    return Prepared(held.order_by("post").values_list("post", "staff__name", named=True))


def test_a_prepared_read_answers_for_the_values_it_is_given():
    prepared = posts()
    assert prepared.ask(number="T1", on=FIRST) == [("test.one", "试一")]
    assert [row.post for row in prepared.ask(number="T1", on=LATER)] == ["test.one", "test.two"]
    assert prepared.ask(number="nobody", on=LATER) == []


def test_a_value_is_never_part_of_the_statement():
    assert posts().ask(number="' OR '1'='1", on=LATER) == []


def test_a_value_that_is_not_given_is_an_error():
    with pytest.raises(KeyError, match="number"):
        posts().ask(on=FIRST)


def test_columns_that_python_must_read_are_refused():
    with pytest.raises(TypeError, match="not to be read as they come"):
        Prepared(TemplateDefinition.objects.values_list("definition", named=True))


def test_one_of_several_values():
    held = Assignment.objects.filter(Among("post", "posts")).order_by("post")
    prepared = Prepared(held.values_list("post", named=True))
    assert [row.post for row in prepared.ask(posts=["test.two", "test.none"])] == ["test.two"]
    assert prepared.ask(posts=[]) == []


def test_what_never_changes_stands_in_the_statement_whatever_its_letters():
    named = Staff.objects.filter(name="100% '试'", number=Parameter("number", CharField()))
    prepared = Prepared(named.values_list("number", named=True))
    assert prepared.ask(number="T1") == []
    Staff.objects.update(name="100% '试'")
    assert prepared.ask(number="T1") == [("T1",)]


def test_a_connection_keeps_the_plan():
    prepared = posts()
    for _ in range(4):
        prepared.ask(number="T1", on=LATER)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT max(generic_plans + custom_plans) FROM pg_prepared_statements"
            " WHERE statement LIKE '%%people_staff%%'"
        )
        assert cursor.fetchone()[0] >= 2
