"""Every effect a flow can have, carried out in tables: one drawing for each."""

from datetime import timedelta

import pytest
from django.db import transaction

from shuzheng.support.cases import operations as cases
from shuzheng.support.cases.models import Task, Timer
from shuzheng.support.cases.operations.record.access import lock_case
from shuzheng.support.cases.operations.running.flow import change_variables
from shuzheng.support.cases.rules.flow_refusals import (
    CalledFlowUnknown,
    OperationUnknown,
    PostMissing,
)
from shuzheng.support.workflow.rules import ConditionUndecided, FlowNeverRests
from tests.support.cases.drawn import ENDS, MESSAGE, ORDER, boundary, catch, message, timer, user
from tests.support.cases.flows import (
    BY,
    CLERK,
    begin,
    complete,
    is_over,
    open_tasks,
    places,
    publish,
    variables,
)
from tests.support.cases.play import AT
from tests.support.cases.refusals import refuses
from tests.support.workflow.flow_drawing import FORMAL

pytestmark = [pytest.mark.usefixtures("city", "replayed"), pytest.mark.django_db]


def test_a_link_goes_on_where_it_is_caught() -> None:
    body = (
        ENDS + '<intermediateThrowEvent id="out"><linkEventDefinition name="over"/>'
        "</intermediateThrowEvent>"
        + catch("into", '<linkEventDefinition name="over"/>') + user("t")
    )  # fmt: skip
    assert open_tasks(begin(publish("link", body, "s>out into>t t>e"))) == ["t"]


# Conditions, event gateways, event subprocesses


def test_a_condition_is_looked_at_again_when_the_cases_data_change() -> None:
    condition = (
        f'<conditionalEventDefinition><condition {FORMAL}>risk = "high"</condition>'
        "</conditionalEventDefinition>"
    )
    flow = publish("risky", ENDS + catch("w", condition) + user("t"), "s>w w>t t>e")
    number = begin(flow, risk="low")
    with transaction.atomic():
        change_variables(*lock_case(number), {"risk": "middle"}, by=BY, at=AT)
    assert places(number) == ["w"]
    with transaction.atomic():
        change_variables(*lock_case(number), {"risk": "high"}, by=BY, at=AT)
    assert open_tasks(number) == ["t"]


def test_an_event_gateway_takes_the_first_and_forgets_the_others() -> None:
    flow = publish(
        "gate",
        ENDS + '<eventBasedGateway id="g"/>' + catch("w", message(), more=ORDER)
        + catch("late", timer("timeDuration", "PT1H")) + user("t"),
        "s>g g>w g>late w>t late>e t>e",
        head=MESSAGE,
    )  # fmt: skip
    number = begin(flow, order="7")
    cases.send_message(name="papers", key="7", by=CLERK, at=AT)
    assert open_tasks(number) == ["t"]
    assert cases.fire_timers(at=AT + timedelta(hours=2)) == 0
    assert Timer.objects.get().state == "cancelled"


def test_an_event_subprocess_runs_beside_the_flow() -> None:
    body = (
        ENDS + user("t") + '<subProcess id="sub" triggeredByEvent="true">'
        f'<startEvent id="ss" isInterrupting="false" {ORDER}>{message()}</startEvent>'
        + user("extra") + '<endEvent id="se"/>'
        '<sequenceFlow id="x1" sourceRef="ss" targetRef="extra"/>'
        '<sequenceFlow id="x2" sourceRef="extra" targetRef="se"/></subProcess>'
    )  # fmt: skip
    number = begin(publish("beside", body, "s>t t>e", head=MESSAGE), order="7")
    for _ in range(2):
        cases.send_message(name="papers", key="7", by=CLERK, at=AT)
    assert open_tasks(number) == ["extra", "extra", "t"]


def test_several_do_the_same_task_and_their_outcomes_are_collected() -> None:
    body = (
        ENDS + '<userTask id="t" name="会签" shuzheng:duty="sign:{item}">'
        '<multiInstanceLoopCharacteristics shuzheng:collection="departments" '
        'shuzheng:output="opinions" shuzheng:outputItem="opinion"/></userTask>'
    )
    number = begin(publish("many", body, "s>t t>e"), departments=["market", "fire"])
    found = Task.objects.filter(case__number=number).order_by("pk")
    assert [each.duty for each in found] == ["sign:market", "sign:fire"]
    complete(number, "t", opinion="同意")
    complete(number, "t", opinion="不同意")
    assert is_over(number)
    assert variables(number)["opinions"] == ["同意", "不同意"]


# What is refused leaves nothing half done


def test_a_flow_that_goes_round_for_ever_is_refused() -> None:
    caused = boundary("b", "t", timer("timeCycle", "R/PT0S"), interrupting=False)
    body = ENDS + user("t") + caused + '<task id="x"/>'
    refuses(FlowNeverRests, begin, flow=publish("round", body, "s>t t>e b>x x>e"))


def test_a_task_without_a_post_is_refused() -> None:
    refusal = refuses(
        PostMissing, begin, flow=publish("nobody", ENDS + user("t"), "s>t t>e"), area="990000"
    )
    assert "do:work" in str(refusal)


def test_a_missing_variable_is_refused_and_the_task_stays_open() -> None:
    body = ENDS + user("t", "more") + '<exclusiveGateway id="g" default="g_e"/>'
    number = begin(publish("missing", body, "s>t t>g g>more[amount_>_5] g>e more>e"))
    task = Task.objects.get(case__number=number)
    refuses(ConditionUndecided, cases.complete_task, task_id=task.pk, outcome={}, by=CLERK, at=AT)
    complete(number, "t", amount=6)
    assert open_tasks(number) == ["more"]


@pytest.mark.parametrize(
    ("node", "refusal"),
    [
        ('<serviceTask id="x" shuzheng:operation="cases.fly"/>', OperationUnknown),
        ('<callActivity id="x" calledElement="nothing_of_that_name"/>', CalledFlowUnknown),
    ],
)
def test_what_nobody_carries_out_is_refused(node: str, refusal: type[OperationUnknown]) -> None:
    refuses(refusal, begin, flow=publish("unknown", ENDS + node, "s>x x>e"))
