"""A flow in force, a draft of the next version, and two people."""

from collections.abc import Callable
from datetime import datetime

import pytest

from shuzheng.infrastructure.access.rules import Actor, system
from shuzheng.support.workflow import queries
from shuzheng.support.workflow.operations import (
    publish_flow,
    save_draft,
    send_to_review,
    start_draft,
)
from shuzheng.support.workflow.rules.entries import DRAFT_FLOW, REVIEW_FLOW
from tests.support.workflow.flow_drawing import drawing

Official = Callable[..., Actor]
NAMED = '<startEvent id="s"/><userTask id="a" name="审查"/>{more}<endEvent id="e"/>'
ONE = drawing(NAMED.format(more=""), "s>a a>e")
TWO = drawing(NAMED.format(more='<userTask id="b" name="复核"/>'), "s>a a>b b>e")
THREE = drawing(NAMED.format(more='<userTask id="c" name="会签"/>'), "s>a a>c c>e")


@pytest.fixture
def base(at: datetime) -> int:
    return publish(ONE, at)


def publish(xml: bytes, at: datetime) -> int:
    return publish_flow(
        key="review", title="审查", xml=xml, department="market", by=system("tests"), at=at
    )


@pytest.fixture
def drafter(official: Official) -> Actor:
    return official(DRAFT_FLOW, REVIEW_FLOW, post="market.reviewer", department="market")


@pytest.fixture
def draft(base: int, drafter: Actor, at: datetime) -> int:
    return start_draft(key="review", by=drafter, at=at)


@pytest.fixture
def waiting(draft: int, drafter: Actor, at: datetime) -> int:
    save_draft(draft=draft, xml=TWO, by=drafter, at=at)
    send_to_review(draft=draft, reasons="增加复核", by=drafter, at=at)
    return draft


def state(draft: int) -> str:
    return queries.get_draft(draft).row.state
