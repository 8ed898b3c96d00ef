"""Every effect a flow can have, carried out in tables: one drawing for each."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from shuzheng.infrastructure.access.rules import PostLacksPermission
from shuzheng.infrastructure.journal.models import Entry
from shuzheng.support.cases import operations as cases
from shuzheng.support.cases.models import Case, FlowMessage, ServiceRequest, Task, Timer, Wait
from shuzheng.support.cases.operations.record.access import lock_case
from shuzheng.support.cases.operations.running.flow import change_variables
from shuzheng.support.cases.operations.running.messages import KEPT_FOR
from shuzheng.support.cases.rules.flow_refusals import (
    CalledFlowUnknown,
    OperationUnknown,
    PostMissing,
)
from shuzheng.support.cases.rules.timers import TimerUnreadable
from shuzheng.support.workflow.rules import ConditionUndecided, FlowNeverRests, ValueUnusable
from tests.support.cases.flows import (
    BY,
    CLERK,
    begin,
    check_replay,
    complete,
    is_over,
    open_tasks,
    places,
    publish,
    variables,
)
from tests.support.cases.play import AT, on_post
from tests.support.cases.refusals import refuses
from tests.support.workflow.flow_drawing import FORMAL

pytestmark = [pytest.mark.usefixtures("city"), pytest.mark.django_db]
USER = '<userTask id="{0}" name="{0}" shuzheng:duty="do:work"/>'
ENDS = '<startEvent id="s"/><endEvent id="e"/>'


@pytest.fixture(autouse=True)
def _replayed() -> Iterator[None]:
    """After each test every case of it can be played again."""
    yield
    check_replay(*Case.objects.values_list("number", flat=True))


def user(*names: str) -> str:
    return "".join(USER.format(name) for name in names)


def catch(key: str, definition: str, *, more: str = "") -> str:
    return f'<intermediateCatchEvent id="{key}" {more}>{definition}</intermediateCatchEvent>'


def boundary(key: str, host: str, definition: str, *, interrupting: bool = True) -> str:
    kept = "" if interrupting else 'cancelActivity="false"'
    return f'<boundaryEvent id="{key}" attachedToRef="{host}" {kept}>{definition}</boundaryEvent>'


def timer(kind: str, value: str) -> str:
    return f"<timerEventDefinition><{kind} {FORMAL}>{value}</{kind}></timerEventDefinition>"


def message(ref: str = "m") -> str:
    return f'<messageEventDefinition messageRef="{ref}"/>'


def signal(ref: str = "sg") -> str:
    return f'<signalEventDefinition signalRef="{ref}"/>'


MESSAGE = '<message id="m" name="papers"/>'
SIGNAL = '<signal id="sg" name="storm"/>'
ERROR = '<error id="er" errorCode="E1"/>'
ESCALATION = '<escalation id="es" escalationCode="late"/>'
RAISED = '<escalationEventDefinition escalationRef="es"/>'
ORDER = 'shuzheng:correlation="order"'


def entries(kind: str) -> int:
    return Entry.objects.filter(kind=kind).count()


# Signals


def test_a_signal_reaches_every_case_that_waits_once() -> None:
    waiting = publish(
        "waiting", ENDS + catch("w", signal()) + user("t"), "s>w w>t t>e", head=SIGNAL
    )
    calling = publish(
        "calling",
        ENDS + f'<intermediateThrowEvent id="c">{signal()}</intermediateThrowEvent>',
        "s>c c>e",
        head=SIGNAL,
    )
    first, second = begin(waiting), begin(waiting)
    begin(calling)
    late = begin(waiting)
    assert FlowMessage.objects.filter(kind="signal", state="sent").count() == 2
    assert cases.carry_messages(at=AT) == 2
    assert cases.carry_messages(at=AT) == 0
    assert [places(number) for number in (first, second, late)] == [["t"], ["t"], ["w"]]
    assert Entry.objects.get(kind="flow.signal_sent").facts == {"name": "storm", "count": 2}
    assert list(Wait.objects.values_list("case__number", flat=True)) == [late]


def test_a_signal_for_a_case_that_went_on_is_over() -> None:
    waiting = publish(
        "both",
        ENDS
        + '<eventBasedGateway id="g"/>'
        + catch("w", signal())
        + catch("late", timer("timeDuration", "PT1H")),
        "s>g g>w g>late w>e late>e",
        head=SIGNAL,
    )
    calling = publish(
        "calling", f'<startEvent id="s"/><endEvent id="e">{signal()}</endEvent>', "s>e", head=SIGNAL
    )
    number = begin(waiting)
    begin(calling)
    assert cases.fire_timers(at=AT + timedelta(hours=1)) == 1
    assert is_over(number)
    assert cases.carry_messages(at=AT + timedelta(hours=1)) == 1
    assert FlowMessage.objects.get().state == "missed"


# Messages


def sending(correlation: str = "") -> int:
    drawn = f'shuzheng:correlation="{correlation}"' if correlation else ""
    return publish(
        "sending",
        ENDS + f'<sendTask id="send" messageRef="m" {drawn}/>' + user("t"),
        "s>send send>t t>e",
        head=MESSAGE,
    )


def receiving(correlation: str = "") -> int:
    drawn = f'shuzheng:correlation="{correlation}"' if correlation else ""
    return publish(
        "receiving",
        ENDS + catch("w", message(), more=drawn) + user("t"),
        "s>w w>t t>e",
        head=MESSAGE,
    )


def test_a_message_finds_the_case_of_its_key() -> None:
    flow = receiving("order")
    other, wanted = begin(flow, order="A-1"), begin(flow, order="A-2")
    begin(sending("order"), order="A-2")
    assert cases.carry_messages(at=AT) == 1
    assert (places(other), places(wanted)) == (["w"], ["t"])
    delivered = FlowMessage.objects.get()
    assert (delivered.state, delivered.to_case and delivered.to_case.number) == (
        "delivered",
        wanted,
    )


def test_a_message_without_a_key_stays_within_its_file() -> None:
    waiting = begin(receiving())
    begin(sending())
    assert cases.carry_messages(at=AT) == 1
    assert places(waiting) == ["w"]
    assert FlowMessage.objects.get().state == "kept"


def test_a_message_nobody_waits_for_is_kept_and_found_later() -> None:
    begin(sending("order"), order="A-1")
    assert cases.carry_messages(at=AT) == 1
    assert cases.carry_messages(at=AT) == 0
    assert entries("flow.message_kept") == 1
    number = begin(receiving("order"), order="A-1", at=AT + timedelta(days=3))
    assert cases.carry_messages(at=AT + timedelta(days=3)) == 1
    assert places(number) == ["t"]
    assert FlowMessage.objects.get().state == "delivered"


def test_a_kept_message_ends_after_its_time() -> None:
    begin(sending("order"), order="A-1")
    cases.carry_messages(at=AT)
    assert cases.carry_messages(at=AT + KEPT_FOR - timedelta(seconds=1)) == 0
    assert cases.carry_messages(at=AT + KEPT_FOR) == 1
    assert FlowMessage.objects.get().state == "expired"
    number = begin(receiving("order"), order="A-1")
    assert cases.carry_messages(at=AT + KEPT_FOR) == 0
    assert places(number) == ["w"]


def test_a_message_from_outside_says_what_became_of_it() -> None:
    number = begin(receiving("order"), order="A-1")
    send = {"name": "papers", "payload": {"count": 2}, "by": CLERK, "at": AT}
    assert cases.send_message(key="A-1", **send) == cases.Answer("delivered", number)
    assert variables(number)["count"] == 2
    assert cases.send_message(key="A-1", **send) == cases.Answer("kept")
    assert (entries("flow.message_sent"), entries("flow.message_kept")) == (2, 1)


def test_who_may_not_send_messages_or_do_work_is_refused() -> None:
    number = begin(publish("one", ENDS + user("t"), "s>t t>e"))
    task = Task.objects.get(case__number=number)
    clerk = on_post("housing.chief")
    refuses(
        PostLacksPermission,
        cases.send_message,
        name="papers",
        key="x",
        by=on_post("audit.auditor"),
        at=AT,
    )
    refuses(
        PostLacksPermission,
        cases.complete_task,
        task_id=task.pk,
        outcome={},
        by=on_post("audit.auditor"),
        at=AT,
    )
    assert clerk.post != task.post


def test_a_correlation_without_its_variable_is_refused() -> None:
    refuses(ValueUnusable, begin, flow=receiving("order"))


# Timers


def test_a_timer_in_the_past_fires_once_and_at_once() -> None:
    flow = publish(
        "past",
        ENDS + user("t") + boundary("b", "t", timer("timeDate", "deadline")) + user("late"),
        "s>t t>e b>late late>e",
    )
    number = begin(flow, deadline="2020-01-01T00:00:00+08:00")
    assert open_tasks(number) == ["late"]
    assert Task.objects.filter(case__number=number).count() == 1
    assert cases.fire_timers(at=AT + timedelta(days=9)) == 0


def test_a_cycle_fires_as_often_as_it_says_and_makes_up_missed_times_once() -> None:
    flow = publish(
        "cycle",
        ENDS
        + user("t", "urge")
        + boundary("b", "t", timer("timeCycle", "R3/P1D"), interrupting=False),
        "s>t t>e b>urge urge>e",
    )
    number = begin(flow)
    assert cases.fire_timers(at=AT + timedelta(hours=23)) == 0
    assert cases.fire_timers(at=AT + timedelta(days=1, hours=1)) == 1
    assert Timer.objects.get(state="set").fire_at == AT + timedelta(days=2)
    assert cases.fire_timers(at=AT + timedelta(days=5, hours=1)) == 1
    assert Timer.objects.get(state="set").fire_at == AT + timedelta(days=6)
    assert cases.fire_timers(at=AT + timedelta(days=6)) == 1
    assert cases.fire_timers(at=AT + timedelta(days=60)) == 0
    assert open_tasks(number) == ["t", "urge", "urge", "urge"]


def test_a_duration_of_months_and_a_day_without_offset_are_the_citys() -> None:
    flow = publish(
        "dates",
        ENDS
        + catch("m", timer("timeDuration", "P1M"))
        + catch("d", timer("timeDate", "2027-02-01")),
        "s>m m>d d>e",
    )
    number = begin(flow, at=datetime(2026, 12, 31, 2, 0, tzinfo=UTC))
    assert Timer.objects.get().fire_at == datetime(2027, 1, 31, 2, 0, tzinfo=UTC)
    assert cases.fire_timers(at=datetime(2027, 1, 31, 2, 0, tzinfo=UTC)) == 1
    assert Timer.objects.get(state="set").fire_at == datetime(2027, 1, 31, 16, 0, tzinfo=UTC)
    assert places(number) == ["d"]


def test_a_timer_that_says_no_time_is_refused_and_nothing_is_begun() -> None:
    flow = publish("wrong", ENDS + catch("w", timer("timeDate", "deadline")), "s>w w>e")
    refuses(TimerUnreadable, begin, flow=flow, deadline="2026-13-01T00:00:00Z")


def test_a_timer_whose_flow_refuses_is_said_once_and_tried_less_and_less() -> None:
    flow = publish(
        "stuck",
        ENDS
        + catch("w", timer("timeDuration", "PT1H"))
        + '<exclusiveGateway id="g" default="g_e"/>'
        + user("t"),
        "s>w w>g g>t[overdue] g>e t>e",
    )
    number = begin(flow)
    later = AT + timedelta(hours=1)
    assert [cases.fire_timers(at=later), cases.fire_timers(at=later)] == [0, 0]
    stopped = Entry.objects.get(kind="flow.stopped")
    assert stopped.facts["code"] == ConditionUndecided.code
    assert (Timer.objects.get().attempts, places(number)) == (1, ["w"])
    with transaction.atomic():
        change_variables(*lock_case(number), {"overdue": True}, by=BY, at=later)
    assert cases.fire_timers(at=later + timedelta(minutes=1)) == 1
    assert open_tasks(number) == ["t"]


# Errors, escalations, compensation, ends


def external(key: str = "x", *, more: str = "") -> str:
    return f'<serviceTask id="{key}" shuzheng:operation="external.x" {more}/>'


def request_of(number: str) -> str:
    found = ServiceRequest.objects.filter(case__number=number, done_at=None).order_by("pk")[0]
    return str(found.token)


def test_work_that_fails_takes_the_way_of_its_error() -> None:
    caught = boundary("b", "x", '<errorEventDefinition errorRef="er"/>')
    flow = publish(
        "failing", ENDS + external() + caught + user("mend"), "s>x x>e b>mend mend>e", head=ERROR
    )
    number = begin(flow)
    token = request_of(number)
    cases.fail_service(case_number=number, token=token, error="E1", by=BY, at=AT)
    assert open_tasks(number) == ["mend"]
    cases.complete_service(case_number=number, token=token, result={}, by=BY, at=AT)
    assert open_tasks(number) == ["mend"]


def test_work_for_a_step_the_flow_has_left_is_kept_and_moves_nothing() -> None:
    caught = boundary("b", "x", timer("timeDuration", "PT1H"))
    flow = publish("left", ENDS + external() + caught + user("t"), "s>x x>e b>t t>e")
    number = begin(flow)
    token = request_of(number)
    cases.fire_timers(at=AT + timedelta(hours=1))
    cases.complete_service(case_number=number, token=token, result={"a": 1}, by=BY, at=AT)
    assert (open_tasks(number), entries("case.service_late")) == (["t"], 1)
    assert ServiceRequest.objects.get().result == {"a": 1}


CALL = '<callActivity id="call" calledElement="{0}"/>'


def test_a_called_flow_hands_its_error_to_the_caller() -> None:
    publish(
        "child",
        '<startEvent id="s"/><endEvent id="e"><errorEventDefinition errorRef="er"/></endEvent>'
        + user("t"),
        "s>t t>e",
        head=ERROR,
    )
    parent = publish(
        "parent",
        ENDS
        + CALL.format("child")
        + boundary("b", "call", '<errorEventDefinition errorRef="er"/>')
        + user("mend"),
        "s>call call>e b>mend mend>e",
        head=ERROR,
    )
    number = begin(parent)
    complete(f"{number}-1", "t")
    assert is_over(f"{number}-1")
    assert open_tasks(number) == ["mend"]


def test_an_escalation_reaches_the_caller_while_the_called_flow_goes_on() -> None:
    publish(
        "child",
        ENDS + f'<intermediateThrowEvent id="up">{RAISED}</intermediateThrowEvent>' + user("t"),
        "s>up up>t t>e",
        head=ESCALATION,
    )
    parent = publish(
        "parent",
        ENDS
        + CALL.format("child")
        + boundary("b", "call", RAISED, interrupting=False)
        + user("look", "after"),
        "s>call call>after after>e b>look look>e",
        head=ESCALATION,
    )
    number = begin(parent)
    assert open_tasks(number) == ["look"]
    complete(f"{number}-1", "t")
    assert open_tasks(number) == ["after", "look"]


def test_an_escalation_nobody_catches_is_journalled() -> None:
    flow = publish(
        "alone",
        f'<startEvent id="s"/><endEvent id="e">{RAISED}</endEvent>',
        "s>e",
        head=ESCALATION,
    )
    number = begin(flow)
    assert is_over(number)
    assert Entry.objects.get(kind="flow.escalated").facts["code"] == "late"


def test_a_flow_that_ends_in_an_error_says_so() -> None:
    flow = publish(
        "broken",
        '<startEvent id="s"/><endEvent id="e"><errorEventDefinition errorRef="er"/></endEvent>',
        "s>e",
        head=ERROR,
    )
    number = begin(flow)
    facts = Entry.objects.get(kind="flow.ended_in_error").facts
    assert facts == {"number": number, "code": "E1", "element": "e"}


def test_a_caller_that_goes_on_takes_back_what_it_called_with_all_inside() -> None:
    publish("inner", ENDS + user("deep") + catch("w", message()), "s>deep deep>w w>e", head=MESSAGE)
    publish("child", ENDS + CALL.format("inner") + user("t"), "s>call s>t call>e t>e")
    parent = publish(
        "parent",
        ENDS
        + CALL.format("child")
        + boundary("b", "call", timer("timeDuration", "PT1H"))
        + user("after"),
        "s>call call>e b>after after>e",
    )
    number = begin(parent)
    assert (open_tasks(f"{number}-1"), open_tasks(f"{number}-2")) == (["t"], ["deep"])
    complete(f"{number}-2", "deep")
    assert Wait.objects.count() == 1
    cases.fire_timers(at=AT + timedelta(hours=1))
    assert open_tasks(number) == ["after"]
    assert Case.objects.filter(state="cancelled").count() == 2
    assert (Task.objects.filter(state="open").count(), Wait.objects.count()) == (1, 0)
    assert entries("case.cancelled") == 2


def test_a_called_flow_may_call_another_and_both_hand_back() -> None:
    publish("inner", ENDS + user("deep"), "s>deep deep>e")
    publish("child", ENDS + CALL.format("inner") + user("t"), "s>call call>t t>e")
    number = begin(
        publish("parent", ENDS + CALL.format("child") + user("after"), "s>call call>after after>e")
    )
    complete(f"{number}-2", "deep")
    complete(f"{number}-1", "t")
    assert open_tasks(number) == ["after"]


def test_what_was_done_is_undone_last_first() -> None:
    undo = '<userTask id="undo_{0}" name="u" shuzheng:duty="do:work" isForCompensation="true"/>'
    guard = (
        '<boundaryEvent id="c_{0}" attachedToRef="{0}"><compensateEventDefinition/></boundaryEvent>'
    )
    body = (
        ENDS + user("a", "b") + "".join(undo.format(one) + guard.format(one) for one in "ab")
        + '<association id="ax" sourceRef="c_a" targetRef="undo_a" associationDirection="One"/>'
        + '<association id="bx" sourceRef="c_b" targetRef="undo_b" associationDirection="One"/>'
        + '<intermediateThrowEvent id="back"><compensateEventDefinition/></intermediateThrowEvent>'
    )  # fmt: skip
    number = begin(publish("undo", body, "s>a a>b b>back back>e"))
    complete(number, "a")
    complete(number, "b")
    assert open_tasks(number) == ["undo_b"]
    complete(number, "undo_b")
    assert open_tasks(number) == ["undo_a"]
    complete(number, "undo_a")
    assert is_over(number)


def test_terminate_takes_every_open_task_away() -> None:
    body = (
        '<startEvent id="s"/><parallelGateway id="g"/>' + user("a", "b")
        + '<endEvent id="stop"><terminateEventDefinition/></endEvent><endEvent id="e"/>'
    )  # fmt: skip
    number = begin(publish("stop", body, "s>g g>a g>b a>stop b>e"))
    complete(number, "a")
    assert is_over(number)
    assert open_tasks(number) == []
    assert Task.objects.get(element="b").state == "cancelled"


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
