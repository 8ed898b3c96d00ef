"""A drawing as a common desktop modeller writes it, applied with the city and run unchanged."""

import shutil
from pathlib import Path

import pytest

from shuzheng.infrastructure.access.rules import system
from shuzheng.infrastructure.content.operations import apply_city
from shuzheng.support.cases import operations as cases
from shuzheng.support.cases.models import ServiceRequest
from shuzheng.support.workflow.queries import get_drawing, get_flow
from shuzheng.support.workflow.rules import check_flow
from tests.support.cases.flows import (
    BY,
    CLERK,
    begin,
    check_replay,
    complete,
    is_over,
    open_tasks,
    variables,
)
from tests.support.cases.play import AT

pytestmark = [pytest.mark.usefixtures("city"), pytest.mark.django_db]
DRAWING = Path(__file__).parent / "drawings" / "night_market.bpmn"


def test_a_flow_drawn_in_a_desktop_modeller_runs_unchanged(city: Path, tmp_path: Path) -> None:
    folder = tmp_path / "city"
    shutil.copytree(city, folder)
    shutil.copy(DRAWING, folder / "flows" / "night_market.bpmn")
    with (folder / "flows" / "flows.yaml").open("a") as flows:
        flows.write("- key: night_market\n  title: 夜市摊位备案\n  department: enforcement\n")
    posts = folder / "organisation" / "posts" / "service.yaml"
    known = "    - coordinate:joint_visit\n"
    posts.write_text(posts.read_text().replace(known, f"{known}    - opinion:departments\n"))
    plan = apply_city(folder=folder, by=system("tests"), reason="新增备案流程", at=AT)
    assert not plan.problems
    flow = get_flow("night_market")
    assert get_drawing(flow.id) == DRAWING.read_bytes()

    number = begin(flow.id, stall=17, departments=["market", "fire"])
    complete(number, "Activity_check", complete=False)
    complete(number, "Activity_more")
    complete(number, "Activity_check", complete=True)
    assert open_tasks(number) == []
    answer = cases.send_message(name="deposit-paid", key="17", by=CLERK, at=AT)
    assert answer == cases.Answer("delivered", number)
    for opinion in ("同意", "同意"):
        complete(number, "Activity_opinions", opinion=opinion)
    asked = ServiceRequest.objects.get(case__number=number)
    assert asked.operation == "external.print-badge"
    cases.complete_service(case_number=number, token=asked.token, result={}, by=BY, at=AT)
    assert is_over(number)
    assert variables(number)["opinions"] == ["同意", "同意"]
    assert variables(number)["valid_days"] == 60
    check_replay(number)


def test_what_a_modeller_adds_is_no_fault() -> None:
    found = check_flow(DRAWING.read_bytes())
    assert [each.code for each in found] == ["operation-missing"]
