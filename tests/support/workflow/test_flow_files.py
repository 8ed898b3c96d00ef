"""A flow published in the browser and the city's files: neither silently undoes the other."""

import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from django.conf import settings

from shuzheng.infrastructure.access.rules import Actor, system
from shuzheng.infrastructure.content.operations import apply_city, export_city, plan_city
from shuzheng.infrastructure.content.rules import EditedInBrowser
from shuzheng.support.workflow import queries
from shuzheng.support.workflow.operations import (
    publish_draft,
    save_draft,
    send_to_review,
    start_draft,
)
from shuzheng.support.workflow.rules.entries import DRAFT_FLOW, REVIEW_FLOW
from tests.support.workflow.flow_drawing import drawing

pytestmark = pytest.mark.django_db
ENDS = '<startEvent id="s"/><endEvent id="e"/><userTask id="a" shuzheng:assignee="applicant"/>'
ONE = drawing(ENDS, "s>a a>e")
TWO = drawing(ENDS + '<userTask id="b" shuzheng:assignee="applicant"/>', "s>a a>b b>e")
THREE = drawing(ENDS + '<userTask id="c" shuzheng:assignee="applicant"/>', "s>a a>c c>e")


@pytest.fixture
def folder(tmp_path: Path, at: datetime) -> Path:
    """A city with one flow, applied."""
    city = shutil.copytree(settings.PROJECT_FOLDER / "cities" / "example", tmp_path / "qingshi")
    (city / "flows").mkdir()
    (city / "flows" / "review.yaml").write_text("key: review\ntitle: 审查\ndepartment: hall\n")
    (city / "flows" / "review.bpmn").write_bytes(ONE)
    apply(city, at)
    return city


def apply(city: Path, at: datetime) -> None:
    apply_city(folder=city, by=system("tests"), reason="测试", at=at)


@pytest.fixture
def published(folder: Path, official: Callable[..., Actor], at: datetime) -> int:
    """Version two, published in the browser."""
    drafter = official(DRAFT_FLOW, department="hall", post="hall.clerk")
    draft = start_draft(key="review", by=drafter, at=at)
    save_draft(draft=draft, xml=TWO, by=drafter, at=at)
    send_to_review(draft=draft, reasons="增加一步", by=drafter, at=at)
    reviewer = official(REVIEW_FLOW, department="hall", post="hall.chief")
    return publish_draft(draft=draft, by=reviewer, at=at)


def test_files_that_have_not_changed_undo_nothing(
    folder: Path, published: int, at: datetime
) -> None:
    apply(folder, at)
    assert queries.get_flow("review").id == published


def test_files_that_changed_as_well_are_a_conflict(
    folder: Path, published: int, at: datetime
) -> None:
    (folder / "flows" / "review.bpmn").write_bytes(THREE)
    with pytest.raises(EditedInBrowser):
        apply(folder, at)
    assert queries.get_flow("review").id == published


def test_what_was_published_is_written_into_the_files(
    folder: Path, published: int, at: datetime
) -> None:
    export_city(folder=folder)
    assert (folder / "flows" / "review.bpmn").read_bytes() == TWO
    apply(folder, at)
    assert plan_city(folder=folder, at=at).changes == ()
    assert queries.get_flow("review").id == published
