"""Cases on flows drawn in a test, run against the tables."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from shuzheng.infrastructure.access.rules import Actor, system
from shuzheng.support.cases import operations as cases
from shuzheng.support.cases.models import Case, FlowStep, Task
from shuzheng.support.cases.operations.record.numbers import next_number, receipt_code
from shuzheng.support.cases.operations.running.flow import Run
from shuzheng.support.cases.rules.flow_entries import SEND_MESSAGE, WORK_TASK
from shuzheng.support.cases.rules.history import Step, play
from shuzheng.support.matters.queries import get_matter
from shuzheng.support.workflow import rules as engine
from shuzheng.support.workflow.operations import put_version
from shuzheng.support.workflow.queries import get_flow_version
from tests.support.cases.play import AT, TODAY
from tests.support.workflow.flow_drawing import drawing

BY = system("tests")
CLERK = Actor(
    kind="official",
    account="clerk",
    name="办事员甲",
    post="service.supervisor",
    department="service",
    areas=("330800",),
    permissions=frozenset({WORK_TASK.key, SEND_MESSAGE.key}),
)


def publish(key: str, body: str, flows: str = "", *, head: str = "") -> int:
    """Publish a drawing and return its version; nodes and edges as in ``flow_drawing``."""
    return publish_xml(key, drawing(body, flows, head=head))


def publish_xml(key: str, xml: bytes) -> int:
    """Publish a whole file."""
    return put_version(key=key, title=key, xml=xml, by=BY, at=AT)


@transaction.atomic
def begin(flow: int, *, at: datetime = AT, area: str = "330802", **variables: Any) -> str:
    """Open a case on a published flow and start it; returns its number."""
    revision = get_matter("open_restaurant", on=TODAY)
    assert revision.bundle is not None
    case = Case.objects.create(
        number=next_number(year=at.year),
        revision_id=revision.id,
        flow_id=flow,
        matter=revision.key,
        title="测试事项",
        department="service",
        area=area,
        state="accepted",
        variables=variables,
        receipt_code=receipt_code(),
        created_at=at,
        submitted_at=at,
        accepted_at=at,
    )
    case.refresh_from_db()
    Run(case, case, BY, at).start()
    return case.number


def places(number: str) -> list[str]:
    """Return the elements at which the flow of a case stands."""
    state = engine.State.from_json(Case.objects.get(number=number).flow_state)
    return sorted(token.element for token in state.tokens.values())


def is_over(number: str) -> bool:
    """Say whether the flow of a case has ended."""
    return engine.State.from_json(Case.objects.get(number=number).flow_state).is_ended


def open_tasks(number: str) -> list[str]:
    """Return the elements of the open tasks of a case."""
    found = Task.objects.filter(case__number=number, state="open")
    return list(found.order_by("element").values_list("element", flat=True))


def complete(number: str, element: str, *, at: datetime = AT, **outcome: Any) -> None:
    """Complete the oldest open task of a case at that element."""
    task = Task.objects.filter(case__number=number, element=element, state="open").order_by("pk")[0]
    cases.complete_task(task_id=task.pk, outcome=outcome, by=CLERK, at=at)


def variables(number: str) -> Mapping[str, Any]:
    """Return the variables of a case."""
    found: Mapping[str, Any] = Case.objects.get(number=number).variables
    return found


def check_replay(*numbers: str) -> None:
    """Playing the kept steps of a case again leads to what its row says."""
    for case in Case.objects.filter(number__in=numbers):
        kept = FlowStep.objects.filter(case=case).order_by("pk")
        steps = [Step(each.flow_id, each.told, each.snapshot) for each in kept]
        played = play(steps, lambda version: get_flow_version(version).flow)
        assert played is not None
        assert (played.state.to_json(), played.variables, played.flow) == (
            case.flow_state,
            case.variables,
            case.flow_id,
        )
