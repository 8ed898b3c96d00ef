"""Running cases move to a new version: each wholly, nobody waiting, nothing lost on the way."""

from datetime import timedelta
from functools import partial

import pytest
from django.db import transaction

from shuzheng.infrastructure.access.rules import Actor
from shuzheng.infrastructure.journal.models import Entry
from shuzheng.support.cases import operations as cases
from shuzheng.support.cases import queries
from shuzheng.support.cases.models import Case, FlowStep, Task, Timer, Wait
from shuzheng.support.cases.rules.migrations import MigrationSuperseded
from tests.support.cases.flows import begin, complete, is_over, open_tasks, publish, variables
from tests.support.cases.moves import (
    ENDS,
    KEY,
    LATER,
    figures,
    migrate,
    moved_entries,
    timer,
    user,
    version,
    work,
)
from tests.support.cases.play import AT

pytestmark = [pytest.mark.usefixtures("city", "replayed_over_moves"), pytest.mark.django_db]


def test_cases_move_with_state_history_and_journal(mover: Actor) -> None:
    one = version("a b", "s>a a>b b>e")
    first, second = begin(one), begin(one)
    complete(second, "a")
    two = version("a c b", "s>a a>c c>b b>e")
    migration = migrate(two, mover)
    assert figures(migration) == ("finished", 0, 2, 0, 0)
    assert set(Case.objects.values_list("flow_id", flat=True)) == {two}
    assert (open_tasks(first), open_tasks(second)) == (["a"], ["b"])
    step = FlowStep.objects.filter(case__number=first).latest("pk")
    assert (step.flow_id, step.at, step.snapshot["state"]) == (
        two,
        LATER,
        Case.objects.get(number=first).flow_state,
    )
    (entry,) = moved_entries(first)
    assert (entry.facts["from_version"], entry.facts["to_version"], entry.facts["moves"]) == (
        1,
        2,
        [],
    )
    for element in ("a", "c", "b"):
        complete(first, element)
    assert is_over(first)
    complete(second, "b")
    assert is_over(second)


def test_a_migration_is_told_in_the_journal_from_opening_to_end(mover: Actor) -> None:
    begin(version("a", "s>a a>e"))
    migration = migrate(version("a b", "s>a a>b b>e"), mover)
    kinds = Entry.objects.filter(subject=f"flow:{KEY}", kind__startswith="flow.migration")
    opened, finished = kinds.order_by("arrival")
    assert (opened.kind, opened.actor_account, opened.facts) == (
        "flow.migration_opened",
        mover.account,
        {"key": KEY, "version": 2, "migration": migration, "cases": 1, "reasons": "流程改进"},
    )
    assert (finished.kind, finished.facts) == (
        "flow.migration_finished",
        {"key": KEY, "version": 2, "migration": migration, "moved": 1, "stays": 0, "left": 0},
    )


def test_a_branch_and_a_timer_that_are_new_are_opened_for_each_case(mover: Actor) -> None:
    gates = '<parallelGateway id="f"/><parallelGateway id="j"/>'
    one = version("a b", "s>f f>a f>b a>j b>j j>e", gates)
    numbers = [begin(one) for _ in range(3)]
    flows = "s>f f>a f>b f>c a>j b>j c>j j>e t>late late>e"
    two = version("a b c late", flows, gates + timer("a"))
    assert figures(migrate(two, mover)) == ("finished", 0, 3, 0, 0)
    for number in numbers:
        assert open_tasks(number) == ["a", "b", "c"]
        assert Timer.objects.get(case__number=number, state="set").fire_at == LATER + timedelta(9)
        kinds = Entry.objects.filter(subject=f"case:{number}").order_by("arrival")
        assert list(kinds.values_list("kind", flat=True))[-2:] == ["case.migrated", "task.opened"]
    assert cases.fire_timers(at=LATER + timedelta(10)) == 3
    assert open_tasks(numbers[0]) == ["a", "b", "c", "late"]


def test_a_timer_that_is_no_longer_drawn_does_not_fire(mover: Actor) -> None:
    number = begin(version("a late", "s>a a>e t>late late>e", timer("a")))
    migrate(version("a", "s>a a>e"), mover)
    assert Timer.objects.get(case__number=number).state == "cancelled"
    assert cases.fire_timers(at=LATER + timedelta(10)) == 0


def test_an_open_task_of_a_renamed_step_is_done_under_its_new_name(mover: Actor) -> None:
    number = begin(version("a", "s>a a>e"))
    task = Task.objects.get(case__number=number)
    renamed = user("a").replace('id="a"', 'id="a2"')
    migrate(publish(KEY, ENDS + renamed + user("b"), "s>a2 a2>b b>e"), mover)
    assert Task.objects.get(case__number=number).pk == task.pk
    assert open_tasks(number) == ["a2"]
    complete(number, "a2", ok=True)
    assert variables(number)["a2"] == {"ok": True}
    assert open_tasks(number) == ["b"]


def test_a_message_that_is_newly_awaited_is_waited_for(mover: Actor) -> None:
    number = begin(version("a", "s>a a>e"))
    event = (
        '<boundaryEvent id="m" attachedToRef="a"><messageEventDefinition messageRef="m1"/>'
        "</boundaryEvent>"
    )
    body = ENDS + user("a", "b") + event
    two = publish(KEY, body, "s>a a>e m>b b>e", head='<message id="m1" name="recalled"/>')
    migrate(two, mover)
    assert Wait.objects.get(case__number=number).name == "recalled"


def test_what_rests_on_a_cases_own_data_is_decided_for_each(mover: Actor) -> None:
    gates = '<inclusiveGateway id="f" default="f_a"/><inclusiveGateway id="j"/>'
    one = version("a b", "s>f f>a f>b[true] a>j b>j j>e", gates)
    large, small = begin(one, large=True), begin(one, large=False)
    two = version("a b c", "s>f f>a f>b[true] f>c[large] a>j b>j c>j j>e", gates)
    plan = queries.plan_migration(two)
    assert sorted((group.count, len(group.moves)) for group in plan.groups) == [(1, 1), (1, 2)]
    migrate(two, mover)
    assert (open_tasks(large), open_tasks(small)) == (["b", "c"], ["b"])


def test_a_draft_not_begun_and_a_case_that_ended_are_left_as_they_are(mover: Actor) -> None:
    one = version("a", "s>a a>e")
    running, unbegun, ended = begin(one), begin(one), begin(one)
    Case.objects.filter(number=unbegun).update(flow_state=None, state="draft")
    FlowStep.objects.filter(case__number=unbegun).delete()
    Case.objects.filter(number=ended).update(closed_at=AT, state="withdrawn")
    two = version("a b", "s>a a>b b>e")
    migration = cases.open_migration(version=two, reasons="改进", by=mover, at=AT)
    late = begin(one)
    Case.objects.filter(number=running).update(closed_at=AT, state="withdrawn")
    work(migration)
    assert figures(migration) == ("finished", 0, 2, 0, 1)
    found = dict(Case.objects.values_list("number", "flow_id"))
    assert found == {running: one, unbegun: two, ended: one, late: two}


def test_while_another_migration_of_the_flow_runs_an_earlier_one_is_not_tried_again(
    mover: Actor,
) -> None:
    number = begin(version("a b", "s>a a>b b>e"))
    two = version("x b", "s>x x>b b>e")
    first = migrate(two, mover)
    second = cases.open_migration(version=two, reasons="再来一次", by=mover, at=LATER)
    retry = partial(cases.retry_migration, migration=first, reasons="已办完", by=mover, at=LATER)
    with pytest.raises(MigrationSuperseded), transaction.atomic():
        retry()
    assert (figures(first), figures(second)) == (("finished", 0, 0, 1, 0), ("open", 1, 0, 0, 0))
    work(second)
    assert retry() == 1
    assert Case.objects.get(number=number).closed_at is None


def test_what_cannot_be_done_in_the_new_version_keeps_the_case_whole(mover: Actor) -> None:
    gates = '<parallelGateway id="f"/><parallelGateway id="j"/>'
    number = begin(version("a b", "s>f f>a f>b a>j b>j j>e", gates))
    before = Case.objects.values().get(number=number)
    nobody = '<serviceTask id="c" shuzheng:operation="nobody.does_this"/>'
    two = version("a b", "s>f f>a f>b f>c a>j b>j c>j j>e", gates + nobody)
    migration = migrate(two, mover)
    assert figures(migration) == ("finished", 0, 0, 1, 0)
    (row,) = queries.list_staying(migration)
    assert "nobody.does_this" in row.doubts[0].why
    assert row.doubts[0].choose == ""
    assert Case.objects.values().get(number=number) == before
    assert (open_tasks(number), moved_entries(number)) == (["a", "b"], [])
