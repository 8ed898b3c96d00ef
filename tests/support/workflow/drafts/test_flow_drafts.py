"""A flow changes by two pairs of eyes: drawn by its department, reviewed by another, published."""

from datetime import datetime, timedelta

import pytest

from shuzheng.infrastructure.access.rules import Actor, system
from shuzheng.infrastructure.journal.queries import list_entries_of_subject
from shuzheng.policy.refusals import Refusal
from shuzheng.support.workflow import queries
from shuzheng.support.workflow.operations import (
    draft_new_flow,
    drop_draft,
    publish_draft,
    save_draft,
    send_back,
    send_to_review,
    start_draft,
)
from shuzheng.support.workflow.rules import FlowNotFound
from shuzheng.support.workflow.rules.draft_refusals import (
    DraftChangesNothing,
    DraftInOtherState,
    DraftSavedMeanwhile,
    DraftUnknown,
    DraftUnsound,
    DrawingTooLarge,
    FlowKeyInvalid,
    FlowKeyTaken,
    ReasonsMissing,
    VersionOutdated,
)
from shuzheng.support.workflow.rules.entries import REVIEW_FLOW
from tests.support.workflow.drafts.conftest import ONE, THREE, TWO, Official, publish, state
from tests.support.workflow.flow_drawing import drawing

pytestmark = pytest.mark.django_db


UNSOUND = drawing('<startEvent id="s"/><complexGateway id="g"/><endEvent id="e"/>', "s>g g>e")


@pytest.fixture
def reviewer(official: Official) -> Actor:
    return official(REVIEW_FLOW, post="market.chief", department="market")


def kinds() -> list[str]:
    return [entry.kind for entry in list_entries_of_subject("flow:review")]


def test_a_draft_is_drawn_sent_and_published_by_another(
    base: int, draft: int, drafter: Actor, reviewer: Actor, at: datetime
) -> None:
    assert queries.get_draft(draft).xml == ONE
    assert save_draft(draft=draft, xml=TWO, revision=0, by=drafter, at=at) == 1
    send_to_review(draft=draft, reasons="增加复核", by=drafter, at=at)
    assert [(row.id, row.state) for row in queries.list_drafts("review")] == [(draft, "waiting")]
    assert queries.get_flow("review").id == base
    version = publish_draft(draft=draft, review="同意", by=reviewer, at=at + timedelta(hours=1))
    newest = queries.get_flow("review")
    assert (newest.id, newest.version) == (version, 2)
    assert queries.list_drafts("review") == ()
    (row, _) = queries.list_versions("review")
    assert (row.drafted_name, row.published_name, row.reasons, row.review, row.department) == (
        drafter.name,
        reviewer.name,
        "增加复核",
        "同意",
        "market",
    )
    assert kinds() == [
        "flow.published",
        "flow.draft_started",
        "flow.draft_saved",
        "flow.sent_to_review",
        "flow.published",
    ]
    facts = list_entries_of_subject("flow:review")[-1].facts
    assert (facts["version"], facts["draft"], facts["drafted_by"], facts["reasons"]) == (
        2,
        draft,
        drafter.name,
        "增加复核",
    )


def test_who_changed_what_is_told_in_words(waiting: int, reviewer: Actor, at: datetime) -> None:
    said = [
        "新增了人工任务“复核”。",
        "新增了从“审查”到“复核”的连线。",
        "新增了从“复核”到“结束事件”的连线。",
        "删去了从“审查”到“结束事件”的连线。",
    ]
    assert [change.sentence for change in queries.compare_draft(waiting)] == said
    version = publish_draft(draft=waiting, by=reviewer, at=at)
    second, first = queries.list_changes("review")
    assert [change.sentence for change in second.changes] == said
    assert (second.version.id, first.version.version, first.changes) == (version, 1, ())


def test_an_unsound_drawing_is_kept_but_not_sent(draft: int, drafter: Actor, at: datetime) -> None:
    for xml in (UNSOUND, b"<half a draw"):
        save_draft(draft=draft, xml=xml, by=drafter, at=at)
        assert queries.get_draft(draft).xml == xml
        with pytest.raises(DraftUnsound) as refusal:
            send_to_review(draft=draft, reasons="改", by=drafter, at=at)
        assert refusal.value.problems
        assert state(draft) == "drafting"


def test_what_changes_nothing_or_has_no_reason_is_not_sent(
    draft: int, drafter: Actor, at: datetime
) -> None:
    with pytest.raises(DraftChangesNothing):
        send_to_review(draft=draft, reasons="改", by=drafter, at=at)
    save_draft(draft=draft, xml=TWO, by=drafter, at=at)
    with pytest.raises(ReasonsMissing):
        send_to_review(draft=draft, reasons=" ", by=drafter, at=at)
    assert state(draft) == "drafting"


def test_a_draft_sent_back_is_mended_by_its_drafter_and_sent_again(
    waiting: int, drafter: Actor, reviewer: Actor, at: datetime
) -> None:
    with pytest.raises(ReasonsMissing):
        send_back(draft=waiting, reasons="", by=reviewer, at=at)
    with pytest.raises(DraftInOtherState):
        save_draft(draft=waiting, xml=THREE, by=drafter, at=at)
    send_back(draft=waiting, reasons="应为会签", by=reviewer, at=at)
    row = queries.get_draft(waiting).row
    assert (row.state_name, row.review, row.reviewed_name) == ("已退回", "应为会签", reviewer.name)
    with pytest.raises(DraftInOtherState):
        publish_draft(draft=waiting, by=reviewer, at=at)
    save_draft(draft=waiting, xml=THREE, by=drafter, at=at)
    send_to_review(draft=waiting, reasons="增加会签", by=drafter, at=at)
    publish_draft(draft=waiting, by=reviewer, at=at)
    assert "c" in queries.get_flow("review").flow.nodes
    with pytest.raises(DraftInOtherState):
        publish_draft(draft=waiting, by=reviewer, at=at)


def test_two_windows_do_not_overwrite_each_other(draft: int, drafter: Actor, at: datetime) -> None:
    save_draft(draft=draft, xml=TWO, revision=0, by=drafter, at=at)
    with pytest.raises(DraftSavedMeanwhile) as refusal:
        save_draft(draft=draft, xml=THREE, revision=0, by=drafter, at=at)
    assert refusal.value.facts == {"revision": 1}
    assert queries.get_draft(draft).xml == TWO


def test_a_draft_of_an_old_version_is_not_sent_and_not_published(
    waiting: int, drafter: Actor, reviewer: Actor, at: datetime
) -> None:
    publish(THREE, at)
    with pytest.raises(VersionOutdated) as refusal:
        publish_draft(draft=waiting, by=reviewer, at=at)
    assert refusal.value.facts == {"title": "审查", "number": 2}
    send_back(draft=waiting, reasons="已有新版", by=reviewer, at=at)
    with pytest.raises(VersionOutdated):
        send_to_review(draft=waiting, reasons="改", by=drafter, at=at)
    assert queries.get_flow("review").version == 2


def test_a_draft_given_up_stays_and_goes_no_further(
    waiting: int, drafter: Actor, reviewer: Actor, at: datetime
) -> None:
    drop_draft(draft=waiting, by=drafter, at=at)
    assert (state(waiting), queries.list_drafts("review")) == ("dropped", ())
    with pytest.raises(DraftInOtherState):
        publish_draft(draft=waiting, by=reviewer, at=at)
    with pytest.raises(DraftInOtherState):
        drop_draft(draft=waiting, by=drafter, at=at)


def test_a_new_flow_begins_empty_and_belongs_to_its_department(
    base: int, drafter: Actor, reviewer: Actor, at: datetime
) -> None:
    with pytest.raises(FlowKeyInvalid):
        draft_new_flow(key="名称", title="新", by=drafter, at=at)
    with pytest.raises(FlowKeyTaken):
        draft_new_flow(key="review", title="新", by=drafter, at=at)
    draft = draft_new_flow(key="inspect", title="检查", by=drafter, at=at)
    assert queries.compare_draft(draft) == ()
    save_draft(draft=draft, xml=TWO, by=drafter, at=at)
    send_to_review(draft=draft, reasons="新事项", by=drafter, at=at)
    publish_draft(draft=draft, by=reviewer, at=at)
    (row,) = queries.list_versions("inspect")
    assert (row.version, row.title, row.department) == (1, "检查", "market")


def test_what_is_not_there_cannot_be_drafted(
    base: int, draft: int, drafter: Actor, at: datetime
) -> None:
    with pytest.raises(FlowNotFound):
        start_draft(key="none", by=drafter, at=at)
    with pytest.raises(DraftUnknown):
        queries.get_draft(0)
    with pytest.raises(DraftUnknown):
        publish_draft(draft=0, by=system("tests"), at=at)
    with pytest.raises(DrawingTooLarge):
        save_draft(draft=draft, xml=b" " * 5_000_001, by=drafter, at=at)
    assert issubclass(DrawingTooLarge, Refusal)
