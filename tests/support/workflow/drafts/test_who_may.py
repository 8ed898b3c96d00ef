"""Only its department drafts a flow, each on their own draft, and another person reviews it."""

from datetime import datetime

import pytest
from django.db import IntegrityError, transaction

from shuzheng.infrastructure.access.rules import VISITOR, Actor, PostLacksPermission, system
from shuzheng.support.workflow import queries
from shuzheng.support.workflow.models import FlowDraft, FlowVersion
from shuzheng.support.workflow.operations import (
    draft_new_flow,
    drop_draft,
    publish_draft,
    publish_flow,
    save_draft,
    send_back,
    send_to_review,
    start_draft,
)
from shuzheng.support.workflow.rules.draft_refusals import (
    DraftBelongsToAnother,
    DrafterMayNotReview,
    FlowOfOtherDepartment,
)
from shuzheng.support.workflow.rules.entries import DRAFT_FLOW, PUBLISH_FLOW, REVIEW_FLOW
from tests.support.workflow.drafts.conftest import ONE, THREE, TWO, Official, state

pytestmark = pytest.mark.django_db


def test_the_drafter_never_publishes_their_own(waiting: int, drafter: Actor, at: datetime) -> None:
    with pytest.raises(DrafterMayNotReview):
        publish_draft(draft=waiting, by=drafter, at=at)
    with pytest.raises(DrafterMayNotReview):
        send_back(draft=waiting, reasons="再改", by=drafter, at=at)
    assert (state(waiting), FlowVersion.objects.count()) == ("waiting", 1)
    with pytest.raises(IntegrityError), transaction.atomic():
        FlowDraft.objects.filter(id=waiting).update(reviewed_by=drafter.account, state="published")


def test_only_the_department_that_owns_a_flow_drafts_it(
    base: int, official: Official, at: datetime
) -> None:
    stranger = official(DRAFT_FLOW, REVIEW_FLOW, post="fire.reviewer", department="fire")
    with pytest.raises(FlowOfOtherDepartment):
        start_draft(key="review", by=stranger, at=at)
    publish_flow(key="orphan", title="无主", xml=ONE, by=system("tests"), at=at)
    for by in (stranger, official(DRAFT_FLOW, department=""), system("tests")):
        with pytest.raises(FlowOfOtherDepartment):
            start_draft(key="orphan", by=by, at=at)
    assert FlowDraft.objects.count() == 0


def test_only_its_department_or_the_citys_publisher_reviews_a_draft(
    waiting: int, official: Official, at: datetime
) -> None:
    stranger = official(REVIEW_FLOW, post="fire.chief", department="fire")
    with pytest.raises(FlowOfOtherDepartment):
        publish_draft(draft=waiting, by=stranger, at=at)
    with pytest.raises(FlowOfOtherDepartment):
        send_back(draft=waiting, reasons="否", by=stranger, at=at)
    assert state(waiting) == "waiting"
    publisher = official(PUBLISH_FLOW, post="data.administrator", department="data")
    assert queries.get_flow_version(publish_draft(draft=waiting, by=publisher, at=at)).version == 2


def test_who_may_not_draft_or_review_does_not(
    waiting: int, official: Official, citizen: Actor, at: datetime
) -> None:
    before = FlowDraft.objects.values().get()
    for by in (VISITOR, citizen, official(department="market")):
        for refused in (
            lambda by=by: start_draft(key="review", by=by, at=at),
            lambda by=by: draft_new_flow(key="mine", title="新", by=by, at=at),
            lambda by=by: save_draft(draft=waiting, xml=THREE, by=by, at=at),
            lambda by=by: send_to_review(draft=waiting, reasons="改", by=by, at=at),
            lambda by=by: drop_draft(draft=waiting, by=by, at=at),
            lambda by=by: send_back(draft=waiting, reasons="否", by=by, at=at),
            lambda by=by: publish_draft(draft=waiting, by=by, at=at),
        ):
            with pytest.raises(PostLacksPermission):
                refused()
    assert FlowDraft.objects.values().get() == before


def test_a_draft_is_changed_by_its_drafter_alone(
    draft: int, official: Official, at: datetime
) -> None:
    colleague = official(DRAFT_FLOW, department="market", account="colleague")
    for refused in (
        lambda: save_draft(draft=draft, xml=TWO, by=colleague, at=at),
        lambda: send_to_review(draft=draft, reasons="改", by=colleague, at=at),
        lambda: drop_draft(draft=draft, by=colleague, at=at),
    ):
        with pytest.raises(DraftBelongsToAnother):
            refused()
    assert queries.get_draft(draft).xml == ONE
