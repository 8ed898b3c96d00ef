"""Flows are published from content, each version for good."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from threading import Barrier

import pytest
from django.db import connection

from shuzheng.infrastructure.access.rules import Actor, PostLacksPermission, system
from shuzheng.infrastructure.content.operations import apply_city
from shuzheng.infrastructure.content.rules import ContentInvalid
from shuzheng.infrastructure.journal.queries import list_entries_of_subject
from shuzheng.support.workflow import queries
from shuzheng.support.workflow.models import FlowVersion
from shuzheng.support.workflow.operations import publish_flow, withdraw_flow
from shuzheng.support.workflow.rules import FlowInvalid, FlowNotFound, FlowPublishedMeanwhile
from shuzheng.support.workflow.rules.entries import PUBLISH_FLOW
from tests.support.workflow.flow_drawing import drawing

pytestmark = pytest.mark.django_db
ONE = drawing('<startEvent id="s"/><userTask id="a"/><endEvent id="e"/>', "s>a a>e")
TWO = drawing(
    '<startEvent id="s"/><userTask id="a"/><userTask id="b"/><endEvent id="e"/>', "s>a a>b b>e"
)
BAD = drawing('<startEvent id="s"/><complexGateway id="g"/><endEvent id="e"/>', "s>g g>e")
BY = system("test")


@pytest.fixture(autouse=True)
def _forget() -> None:
    queries.get_flow_version.cache_clear()


def test_a_version_is_published_compiled_and_never_changes(at: datetime) -> None:
    first = publish_flow(key="review", title="审查", xml=ONE, by=BY, at=at)
    second = publish_flow(key="review", title="审查", xml=TWO, by=BY, at=at)
    newest = queries.get_flow("review")
    assert (newest.id, newest.version, newest.title) == (second, 2, "审查")
    assert set(newest.flow.nodes) == {"s", "a", "b", "e"}
    assert set(queries.get_flow_version(first).flow.nodes) == {"s", "a", "e"}
    assert queries.get_drawing(first) == ONE
    entries = [entry.kind for entry in list_entries_of_subject("flow:review")]
    assert entries == ["flow.published", "flow.published"]


def test_the_same_drawing_again_is_no_new_version(at: datetime) -> None:
    first = publish_flow(key="review", title="审查", xml=ONE, by=BY, at=at)
    assert publish_flow(key="review", title="会审", xml=ONE, by=BY, at=at) == first
    assert [(row.version, row.title) for row in queries.list_flows()] == [(1, "会审")]


def test_a_flow_is_compiled_once_in_a_process(at: datetime) -> None:
    publish_flow(key="review", title="审查", xml=ONE, by=BY, at=at)
    assert queries.get_flow("review").flow is queries.get_flow("review").flow


def test_a_withdrawn_flow_starts_nothing_new_and_keeps_its_versions(at: datetime) -> None:
    first = publish_flow(key="review", title="审查", xml=ONE, by=BY, at=at)
    withdraw_flow(key="review", by=BY, at=at)
    withdraw_flow(key="review", by=BY, at=at)
    with pytest.raises(FlowNotFound):
        queries.get_flow("review")
    assert queries.get_flow_version(first).version == 1
    assert len(list_entries_of_subject("flow:review")) == 2
    assert publish_flow(key="review", title="审查", xml=ONE, by=BY, at=at) != first


def test_a_drawing_that_cannot_run_is_not_published(at: datetime) -> None:
    with pytest.raises(FlowInvalid):
        publish_flow(key="review", title="审查", xml=BAD, by=BY, at=at)
    assert FlowVersion.objects.count() == 0


def test_only_those_who_may_publish_do(at: datetime, official: Callable[..., Actor]) -> None:
    with pytest.raises(PostLacksPermission):
        publish_flow(key="review", title="审查", xml=ONE, by=official(), at=at)
    with pytest.raises(PostLacksPermission):
        withdraw_flow(key="review", by=official(), at=at)
    assert FlowVersion.objects.count() == 0
    publish_flow(key="review", title="审查", xml=ONE, by=official(PUBLISH_FLOW), at=at)
    assert FlowVersion.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_publish_at_once_leave_one_version_in_force(at: datetime) -> None:
    gate = Barrier(2)

    def publish(xml: bytes) -> str:
        gate.wait()
        try:
            publish_flow(key="review", title="审查", xml=xml, by=BY, at=at)
        except FlowPublishedMeanwhile as refusal:
            return refusal.code
        finally:
            connection.close()
        return "published"

    with ThreadPoolExecutor(2) as pool:
        outcomes = sorted(pool.map(publish, (ONE, TWO)))
    published = outcomes.count("published")
    assert outcomes[:published] == ["published"] * published
    assert set(outcomes[published:]) <= {"workflow.published-meanwhile"}
    assert FlowVersion.objects.filter(key="review").count() == published > 0
    assert FlowVersion.objects.filter(key="review", withdrawn_at=None).count() == 1


def test_there_is_no_such_flow() -> None:
    for asked in (
        lambda: queries.get_flow("none"),
        lambda: queries.get_flow_version(0),
        lambda: queries.get_drawing(0),
    ):
        with pytest.raises(FlowNotFound):
            asked()


def city(folder: Path, xml: bytes | None) -> Path:
    flows = folder / "flows"
    flows.mkdir(exist_ok=True)
    for old in flows.iterdir():
        old.unlink()
    if xml is not None:
        (flows / "review.yaml").write_text("key: review\ntitle: 审查\n")
        (flows / "review.bpmn").write_bytes(xml)
    return folder


def test_content_publishes_and_withdraws(at: datetime, tmp_path: Path) -> None:
    apply_city(folder=city(tmp_path, ONE), by=BY, reason="首次", at=at)
    apply_city(folder=city(tmp_path, TWO), by=BY, reason="改进", at=at)
    assert queries.get_flow("review").version == 2
    apply_city(folder=city(tmp_path, None), by=BY, reason="停用", at=at)
    with pytest.raises(FlowNotFound):
        queries.get_flow("review")


def test_content_with_a_bad_drawing_is_refused_with_file_line_and_remedy(
    at: datetime, tmp_path: Path
) -> None:
    with pytest.raises(ContentInvalid) as refusal:
        apply_city(folder=city(tmp_path, BAD), by=BY, reason="首次", at=at)
    problems = refusal.value.problems
    assert {(problem.path.name, problem.field, problem.line) for problem in problems} == {
        ("review.bpmn", "g", 1)
    }
    assert any("unsupported-complex-gateway" in problem.message for problem in problems)
    assert FlowVersion.objects.count() == 0
