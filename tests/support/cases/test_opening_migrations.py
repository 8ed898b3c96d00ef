"""A migration is planned, opened by who may, and takes over what an earlier one left."""

from collections.abc import Callable

import pytest
from django.db import transaction

from shuzheng.infrastructure.access.rules import VISITOR, Actor, PostLacksPermission
from shuzheng.support.cases import operations as cases
from shuzheng.support.cases import queries
from shuzheng.support.cases.models import Case, FlowMigration
from shuzheng.support.cases.rules.migrations import MIGRATE_CASES, MigrationOutdated
from shuzheng.support.workflow.models import FlowDraft, FlowVersion
from shuzheng.support.workflow.operations import (
    put_version,
    save_draft,
    send_to_review,
    start_draft,
)
from shuzheng.support.workflow.rules.draft_refusals import (
    DrafterMayNotReview,
    FlowOfOtherDepartment,
)
from shuzheng.support.workflow.rules.entries import DRAFT_FLOW, REVIEW_FLOW
from tests.support.cases.flows import BY, begin, complete
from tests.support.cases.moves import ENDS, KEY, LATER, figures, place, user, version, work
from tests.support.cases.play import AT
from tests.support.workflow.flow_drawing import drawing

pytestmark = [pytest.mark.usefixtures("city", "replayed_over_moves"), pytest.mark.django_db]


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
