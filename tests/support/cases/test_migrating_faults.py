"""What goes wrong while cases move holds up one case and loses nothing."""

from datetime import timedelta

import pytest
from django.db import transaction

from shuzheng.infrastructure.access.rules import Actor
from shuzheng.infrastructure.journal.models import Entry
from shuzheng.support.cases import operations as cases
from shuzheng.support.cases import queries
from shuzheng.support.cases.models import Case, FlowMessage, ServiceRequest, Timer, Wait
from shuzheng.support.cases.operations.migrating import batches, moving
from tests.support.cases.flows import begin, publish
from tests.support.cases.moves import (
    ENDS,
    KEY,
    LATER,
    figures,
    migrate,
    moved_entries,
    place,
    timer,
    user,
    version,
    work,
)
from tests.support.cases.play import AT

pytestmark = [pytest.mark.usefixtures("city", "replayed_over_moves"), pytest.mark.django_db]


def test_a_fault_of_ours_holds_up_one_case_only(
    mover: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    from shuzheng.support.cases.jobs import migrate_running_cases

    gates = '<parallelGateway id="f"/><parallelGateway id="j"/>'
    one = version("a b", "s>f f>a f>b a>j b>j j>e", gates)
    numbers = [begin(one) for _ in range(3)]
    two = version("a b c", "s>f f>a f>b f>c a>j b>j c>j j>e", gates)
    migration = cases.open_migration(version=two, reasons="改进", by=mover, at=AT)
    whole = moving.hand_over

    def fails_once(root: Case, case: Case, *rest: object, **more: object) -> None:
        if case.number == numbers[1]:
            raise ZeroDivisionError
        whole(root, case, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(moving, "hand_over", fails_once)
    migrate_running_cases(timestamp=0)
    assert figures(migration) == ("finished", 0, 2, 1, 0)
    (row,) = queries.list_staying(migration)
    assert (row.number, row.doubts[0].why) == (numbers[1], "系统未能迁移（ZeroDivisionError）。")
    assert Case.objects.get(number=numbers[1]).flow_id == one
    entry = Entry.objects.get(kind="case.migration_failed")
    assert (entry.subject, entry.facts["error"]) == (f"case:{numbers[1]}", "ZeroDivisionError")


def test_a_batch_that_is_cut_off_has_moved_nothing(
    mover: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = version("a", "s>a a>e")
    numbers = [begin(one) for _ in range(4)]
    two = version("a b", "s>a a>b b>e")
    migration = cases.open_migration(version=two, reasons="改进", by=mover, at=AT)

    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(batches.Batch, "_write", killed)
        with pytest.raises(KeyboardInterrupt), transaction.atomic():
            cases.migrate_batch(migration=migration, at=LATER)
    assert figures(migration) == ("open", 4, 0, 0, 0)
    assert set(Case.objects.values_list("flow_id", flat=True)) == {one}
    assert all(not moved_entries(number) for number in numbers)
    work(migration, limit=3)
    assert figures(migration) == ("finished", 0, 4, 0, 0)
    assert [len(moved_entries(number)) for number in numbers] == [1] * 4


def test_a_moved_case_that_does_not_go_on_is_listed_with_why(mover: Actor) -> None:
    number = begin(version("a b", "s>a a>b b>e"))
    outside = '<serviceTask id="x" shuzheng:operation="external.check"/>'
    migration = migrate(version("b", "s>x x>b b>e", outside), mover)
    place(migration, number, {"a": "x"}, mover)
    late = LATER + timedelta(hours=1)
    assert queries.list_stuck_after(migration, at=late) == ()
    asked = ServiceRequest.objects.filter(case__number=number)
    asked.update(operation="licences.issue")
    assert queries.list_stuck_after(migration, at=LATER) == ()
    (stuck,) = queries.list_stuck_after(migration, at=late)
    assert (stuck.number, stuck.since, str(stuck.sentence)) == (
        number,
        LATER,
        "系统没有做成交办的工作，流程停在这里。",
    )
    assert queries.list_stuck(number, at=late) == (stuck,)
    asked.update(refused_at=LATER, refusal="没有可用的{印章}")
    assert [str(each.sentence) for each in queries.list_stuck(number, at=late)] == [
        "没有可用的{印章}"
    ]
    Case.objects.filter(number=number).update(closed_at=late)
    assert queries.list_stuck_after(migration, at=late) == ()
    Case.objects.filter(number=number).update(closed_at=None)


def test_a_case_whose_timer_or_message_is_refused_is_stuck(mover: Actor) -> None:
    event = (
        '<intermediateCatchEvent id="m"><messageEventDefinition messageRef="m1"/>'
        "</intermediateCatchEvent>"
    )
    head = '<message id="m1" name="recalled"/>'
    body = ENDS + user("a") + event + timer("a")
    flows = '<parallelGateway id="f"/><parallelGateway id="j"/><endEvent id="z"/>'
    number = begin(publish(KEY, body + flows, "s>f f>a f>m a>j m>j j>e t>z", head=head))
    Timer.objects.filter(case__number=number).update(attempts=1)
    FlowMessage.objects.create(
        kind="message",
        name="recalled",
        key=Wait.objects.get(case__number=number).key,
        sent_at=AT,
        attempts=1,
        try_at=LATER,
    )
    assert [each.sentence.code for each in queries.list_stuck(number, at=LATER)] == [
        "timer",
        "message",
    ]
