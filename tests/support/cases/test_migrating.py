"""Running cases move to a new version: each wholly, nobody waiting, nothing lost on the way."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial

import pytest
from django.db import transaction

from shuzheng.infrastructure.access.rules import VISITOR, Actor, PostLacksPermission
from shuzheng.infrastructure.journal.models import Entry
from shuzheng.support.cases import operations as cases
from shuzheng.support.cases import queries
from shuzheng.support.cases.models import (
    Case,
    FlowMessage,
    FlowMigration,
    FlowStep,
    ServiceRequest,
    Task,
    Timer,
    Wait,
)
from shuzheng.support.cases.operations.migrating import batches, moving
from shuzheng.support.cases.queries.passages import passage_between, what_becomes_of
from shuzheng.support.cases.rules.migrations import (
    MIGRATE_CASES,
    CaseNotStaying,
    MigrationOutdated,
    MigrationReasonsMissing,
    MigrationSuperseded,
    MigrationUnknown,
)
from shuzheng.support.workflow.models import FlowDraft, FlowVersion
from shuzheng.support.workflow.operations import (
    put_version,
    save_draft,
    send_to_review,
    start_draft,
)
from shuzheng.support.workflow.queries import get_flow_version
from shuzheng.support.workflow.rules.draft_refusals import (
    DrafterMayNotReview,
    FlowOfOtherDepartment,
)
from shuzheng.support.workflow.rules.entries import DRAFT_FLOW, PUBLISH_FLOW, REVIEW_FLOW
from shuzheng.support.workflow.rules.migration import (
    ChoiceImpossible,
    MigrationAmbiguous,
    StepsLeftOut,
)
from tests.support.cases.flows import (
    BY,
    begin,
    check_replay,
    complete,
    is_over,
    open_tasks,
    publish,
    variables,
)
from tests.support.cases.play import AT
from tests.support.workflow.flow_drawing import FORMAL, drawing

pytestmark = [pytest.mark.usefixtures("city"), pytest.mark.django_db]
ENDS = '<startEvent id="s"/><endEvent id="e"/>'
LATER = AT + timedelta(hours=1)
KEY = "moving"


@pytest.fixture(autouse=True)
def _replayed() -> Iterator[None]:
    """After each test every case of it can be played again, over its moves."""
    passage_between.cache_clear()
    what_becomes_of.cache_clear()
    get_flow_version.cache_clear()
    yield
    check_replay(*Case.objects.exclude(flow_state=None).values_list("number", flat=True))


@pytest.fixture
def mover(official: Callable[..., Actor]) -> Actor:
    return official(MIGRATE_CASES, PUBLISH_FLOW, post="data.administrator", department="data")


def user(*names: str) -> str:
    task = '<userTask id="{0}" name="{0}" shuzheng:duty="supervise:open_restaurant"/>'
    return "".join(task.format(name) for name in names)


def version(names: str, flows: str, more: str = "") -> int:
    return publish(KEY, ENDS + user(*names.split()) + more, flows)


def timer(host: str) -> str:
    return (
        f'<boundaryEvent id="t" attachedToRef="{host}" cancelActivity="false">'
        f"<timerEventDefinition><timeDuration {FORMAL}>P9D</timeDuration></timerEventDefinition>"
        "</boundaryEvent>"
    )


def migrate(to: int, by: Actor) -> int:
    """Open a migration and carry it out."""
    migration = cases.open_migration(version=to, reasons="流程改进", by=by, at=AT)
    work(migration)
    return migration


def work(migration: int, *, limit: int = 100) -> None:
    while cases.migrate_batch(migration=migration, at=LATER, limit=limit):
        pass


def figures(migration: int) -> tuple[str, int, int, int, int]:
    row = queries.get_migration(migration)
    return row.state, row.waiting, row.moved, row.stays, row.left


def moved_entries(number: str) -> list[Entry]:
    return list(Entry.objects.filter(subject=f"case:{number}", kind="case.migrated"))


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


def place(
    migration: int, number: str, choices: dict[str, str], by: Actor, why: str = "现场核对后确定"
) -> None:
    cases.place_case(
        migration=migration, number=number, choices=choices, reasons=why, by=by, at=LATER
    )


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


def test_a_plan_shows_group_by_group_who_goes_where_and_who_stays(mover: Actor) -> None:
    one = version("a b", "s>a a>b b>e")
    for _ in range(3):
        begin(one)
    complete(begin(one), "a")
    version("a b k", "s>a a>b b>k k>e")
    begin(FlowVersion.objects.get(key=KEY, number=2).pk)
    plan = queries.plan_migration(version("x b", "s>x x>b b>e"))
    assert (plan.key, plan.total, plan.staying) == (KEY, 5, 4)
    assert [
        (group.version, group.count, [place.name for place in group.places], bool(group.stays))
        for group in plan.groups
    ] == [(1, 3, ["a"], True), (1, 1, ["b"], False), (2, 1, ["a"], True)]
    assert plan.groups[0].stays[0].why == "新版没有这一步，不能判断应去哪里。"
    assert [(one.name, one.target_name) for one in plan.groups[1].moves] == [("b", "b")]
    assert FlowMigration.objects.count() == 0


def test_a_newer_migration_takes_over_what_an_earlier_one_has_not_moved(mover: Actor) -> None:
    one = version("a", "s>a a>e")
    numbers = [begin(one) for _ in range(3)]
    two = version("a b", "s>a a>b b>e")
    earlier = cases.open_migration(version=two, reasons="一", by=mover, at=AT)
    cases.migrate_batch(migration=earlier, at=LATER, limit=1)
    three = version("a c", "s>a a>c c>e")
    later = cases.open_migration(version=three, reasons="二", by=mover, at=AT)
    assert figures(earlier) == ("finished", 0, 1, 0, 2)
    work(later)
    assert figures(later) == ("finished", 0, 3, 0, 0)
    assert set(Case.objects.filter(number__in=numbers).values_list("flow_id", flat=True)) == {three}
    assert queries.list_open_migrations() == ()
    with pytest.raises(MigrationOutdated):
        cases.open_migration(version=two, reasons="回退", by=mover, at=AT)


ONE = drawing(ENDS + user("a"), "s>a a>e")
TWO = drawing(ENDS + user("a", "b"), "s>a a>b b>e")


def test_publishing_and_opening_the_migration_are_one(official: Callable[..., Actor]) -> None:
    put_version(key=KEY, title="审查", xml=ONE, department="market", by=BY, at=AT)
    number = begin(FlowVersion.objects.get(key=KEY).pk)
    drafter = official(DRAFT_FLOW, MIGRATE_CASES, REVIEW_FLOW, department="market")
    draft = start_draft(key=KEY, by=drafter, at=AT)
    save_draft(draft=draft, xml=TWO, by=drafter, at=AT)
    send_to_review(draft=draft, reasons="增加一步", by=drafter, at=AT)
    assert [group.count for group in queries.plan_draft(draft).groups] == [1]
    chief = official(REVIEW_FLOW, MIGRATE_CASES, department="market", post="market.chief")
    only_reviews = official(REVIEW_FLOW, department="market", post="market.chief")
    for by, refusal in ((drafter, DrafterMayNotReview), (only_reviews, PostLacksPermission)):
        with pytest.raises(refusal), transaction.atomic():
            cases.publish_and_migrate(draft=draft, by=by, at=AT)
    assert (FlowVersion.objects.count(), FlowMigration.objects.count()) == (
        FlowVersion.objects.exclude(key=KEY).count() + 1,
        0,
    )
    done = cases.publish_and_migrate(draft=draft, by=chief, at=AT)
    assert FlowDraft.objects.get(pk=draft).version_id == done.version
    row = queries.get_migration(done.migration)
    assert (row.flow, row.reasons, row.waiting, row.opened_name) == (
        done.version,
        "增加一步",
        1,
        chief.name,
    )
    work(done.migration)
    assert Case.objects.get(number=number).flow_id == done.version


def test_who_may_not_migrate_does_not(
    mover: Actor, official: Callable[..., Actor], citizen: Actor
) -> None:
    put_version(key=KEY, title="审查", xml=ONE, department="market", by=BY, at=AT)
    first = FlowVersion.objects.get(key=KEY).pk
    number = begin(first)
    put_version(key=KEY, title="审查", xml=TWO, department="market", by=BY, at=AT)
    two = FlowVersion.objects.get(key=KEY, number=2).pk
    migration = cases.open_migration(version=two, reasons="改进", by=mover, at=AT)
    stranger = official(MIGRATE_CASES, department="fire")
    for by, refusal in (
        (VISITOR, PostLacksPermission),
        (citizen, PostLacksPermission),
        (official(department="market"), PostLacksPermission),
        (stranger, FlowOfOtherDepartment),
    ):
        for refused in (
            lambda by=by: cases.open_migration(version=two, reasons="改进", by=by, at=AT),
            lambda by=by: cases.retry_migration(migration=migration, reasons="改进", by=by, at=AT),
            lambda by=by: place(migration, number, {}, by),
        ):
            with pytest.raises(refusal), transaction.atomic():
                refused()
    assert (FlowMigration.objects.count(), Case.objects.get(number=number).flow_id) == (1, first)
    own = official(MIGRATE_CASES, department="market")
    cases.open_migration(version=two, reasons="改进", by=own, at=AT)


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
