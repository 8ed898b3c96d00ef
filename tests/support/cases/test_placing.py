"""Ambiguous cases of a migration stay listed until somebody places them, each with reasons."""

import pytest
from django.db import transaction

from shuzheng.infrastructure.access.rules import Actor
from shuzheng.support.cases import operations as cases
from shuzheng.support.cases import queries
from shuzheng.support.cases.models import Case
from shuzheng.support.cases.rules.migrations import (
    CaseNotStaying,
    MigrationReasonsMissing,
    MigrationUnknown,
)
from shuzheng.support.workflow.rules.migration import (
    ChoiceImpossible,
    MigrationAmbiguous,
    StepsLeftOut,
)
from tests.support.cases.flows import begin, complete, open_tasks
from tests.support.cases.moves import LATER, figures, migrate, moved_entries, place, version, work

pytestmark = [pytest.mark.usefixtures("city", "replayed_over_moves"), pytest.mark.django_db]


def test_ambiguous_cases_stay_listed_until_somebody_places_them(mover: Actor) -> None:
    one = version("a b", "s>a a>b b>e")
    staying, moving_on = begin(one), begin(one)
    complete(moving_on, "a")
    two = version("x b", "s>x x>b b>e")
    migration = migrate(two, mover)
    assert figures(migration) == ("finished", 0, 1, 1, 0)
    (row,) = queries.list_staying(migration)
    (doubt,) = row.doubts
    assert (row.number, row.version, doubt.code, doubt.choose) == (staying, 1, "removed", "a")
    assert [(one.element, one.words) for one in doubt.options] == [("x", "转到“x”")]
    assert open_tasks(staying) == ["a"]
    place(migration, staying, {"a": "x"}, mover)
    assert (open_tasks(staying), figures(migration)) == (["x"], ("finished", 0, 2, 0, 0))
    (entry,) = moved_entries(staying)
    assert (entry.actor_account, entry.facts["reasons"]) == (mover.account, "现场核对后确定")
    assert entry.facts["moves"] == ["a → x（由工作人员指定。）"]
    assert queries.list_staying(migration) == ()
    with pytest.raises(CaseNotStaying):
        place(migration, staying, {"a": "x"}, mover)


def test_what_a_case_has_done_under_its_own_version_counts_when_it_is_placed(mover: Actor) -> None:
    number = begin(version("a b c", "s>a a>b b>c c>e"))
    complete(number, "a")
    migration = migrate(version("a c", "s>a a>c c>e"), mover)
    (row,) = queries.list_staying(migration)
    assert [one.element for one in row.doubts[0].options] == ["a", "c"]
    place(migration, number, {"b": "c"}, mover)
    assert open_tasks(number) == ["c"]


def test_a_wrong_choice_or_none_changes_nothing(mover: Actor) -> None:
    one = version("a b", "s>a a>b b>e")
    number = begin(one)
    migration = migrate(version("x b", "s>x x>b b>e"), mover)
    before = Case.objects.values().get(number=number)
    for choices, why, refusal in (
        ({"a": "e"}, "因为", ChoiceImpossible),
        ({"a": "b"}, "因为", StepsLeftOut),
        ({}, "因为", MigrationAmbiguous),
        ({"a": "x"}, " ", MigrationReasonsMissing),
    ):
        with pytest.raises(refusal), transaction.atomic():
            place(migration, number, choices, mover, why)
    with pytest.raises(MigrationUnknown):
        place(migration, "QZ-0", {"a": "x"}, mover)
    with pytest.raises(MigrationUnknown):
        place(0, number, {"a": "x"}, mover)
    assert Case.objects.values().get(number=number) == before
    assert (open_tasks(number), moved_entries(number)) == (["a"], [])


def test_a_case_that_has_gone_on_since_is_tried_again(mover: Actor) -> None:
    one = version("a b", "s>a a>b b>e")
    number = begin(one)
    migration = migrate(version("x b", "s>x x>b b>e"), mover)
    complete(number, "a")
    assert cases.retry_migration(migration=migration, reasons="已办完", by=mover, at=LATER) == 1
    work(migration)
    assert (figures(migration), open_tasks(number)) == (("finished", 0, 1, 0, 0), ["b"])
    with pytest.raises(MigrationUnknown):
        cases.retry_migration(migration=0, reasons="已办完", by=mover, at=LATER)
    with pytest.raises(MigrationReasonsMissing):
        cases.retry_migration(migration=migration, reasons="", by=mover, at=LATER)
