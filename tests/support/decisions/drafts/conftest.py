"""A rule in force, a draft of the next version, and who drafts, reviews and publishes."""

import pytest

from shuzheng.infrastructure.access.rules import system
from shuzheng.infrastructure.journal.models import Entry
from shuzheng.support.decisions.operations import publish_decision, save_draft, send_to_review
from shuzheng.support.decisions.rules import Case, Publication, write_cases
from shuzheng.support.decisions.rules.entries import (
    DRAFT_DECISION,
    PUBLISH_DECISION,
    REVIEW_DECISION,
)
from tests.support.decisions.models_of_rules import table_model

SMALL = Case(name="五十平方米是小的", given={"area": 50}, expect="small")


def model(bound):
    rules = ((f"<= {bound}", '"small"'), (f"> {bound}", '"large"'))
    return table_model(("area",), rules, types=("number",))


@pytest.fixture
def area(at):
    return publish_decision(
        Publication(key="area", title="面积", department="market", xml=model(50), cases=(SMALL,)),
        by=system("tests"),
        at=at,
    )


@pytest.fixture
def drafter(official):
    return official(DRAFT_DECISION, REVIEW_DECISION, post="market.reviewer", department="market")


@pytest.fixture
def reviewer(official):
    return official(REVIEW_DECISION, post="market.chief", department="market")


@pytest.fixture
def publisher(official):
    return official(PUBLISH_DECISION, post="data.administrator")


@pytest.fixture
def draft(area, drafter, at):
    return send(area, drafter, at)


def save(base, by, at, *, bound=60, cases=(SMALL,), reasons="面积标准调整", **more):
    text = cases if isinstance(cases, str) else write_cases(cases)
    return save_draft(
        base=base, xml=model(bound), cases=text, reasons=reasons, by=by, at=at, **more
    )


def send(base, by, at, **more):
    draft = save(base, by, at, **more)
    send_to_review(draft=draft, by=by, at=at)
    return draft


def publish_in_content(bound, at):
    """Publish as the city's files do."""
    return publish_decision(
        Publication(
            key="area", title="面积", department="market", xml=model(bound), cases=(SMALL,)
        ),
        by=system("tests"),
        at=at,
    )


def kinds():
    return list(
        Entry.objects.filter(subject="decision:area").order_by("pk").values_list("kind", flat=True)
    )
