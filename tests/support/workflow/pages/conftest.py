"""A flow, its drafter and its reviewer, and pages as they see them."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from shuzheng.infrastructure.access.rules import Actor, system
from shuzheng.support.workflow.operations import publish_flow, save_draft, start_draft
from shuzheng.support.workflow.rules.entries import DRAFT_FLOW, SEE_FLOWS
from tests.support.workflow.flow_drawing import drawing

Official = Callable[..., Actor]
NAMED = '<startEvent id="s"/><userTask id="a" name="审查"/>{more}<endEvent id="e" name="办结"/>'
ONE = drawing(NAMED.format(more=""), "s>a a>e")
TWO = drawing(NAMED.format(more='<userTask id="b" name="复核"/>'), "s>a a>b b>e")


def see(view: Callable[..., Any], actor: Actor, **arguments: Any) -> HttpResponse:
    return _answer(view, RequestFactory().get("/"), actor, arguments)


def send(
    view: Callable[..., Any], actor: Actor, data: Any = None, **arguments: Any
) -> HttpResponse:
    return _answer(view, RequestFactory().post("/", data or {}), actor, arguments)


def _answer(
    view: Callable[..., Any], request: Any, actor: Actor, arguments: dict[str, Any]
) -> HttpResponse:
    request.actor = actor
    answer: HttpResponse = view(request, **arguments)
    return answer


def words(answer: HttpResponse) -> str:
    return answer.content.decode()


@pytest.fixture
def drafter(official: Official) -> Actor:
    return official(DRAFT_FLOW, SEE_FLOWS, department="market", account="drafter", post="")


@pytest.fixture
def base(at: datetime) -> int:
    return publish_flow(
        key="review", title="审查流程", xml=ONE, department="market", by=system("tests"), at=at
    )


@pytest.fixture
def draft(base: int, drafter: Actor, at: datetime) -> int:
    number = start_draft(key="review", by=drafter, at=at)
    save_draft(draft=number, xml=TWO, by=drafter, at=at)
    return number
