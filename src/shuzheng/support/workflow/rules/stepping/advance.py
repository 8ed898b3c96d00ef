"""The two steps a caller takes: start a flow, and tell it what happened."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from shuzheng.support.workflow.rules import events
from shuzheng.support.workflow.rules.effects import Effect
from shuzheng.support.workflow.rules.graph import Flow
from shuzheng.support.workflow.rules.refusals import (
    ErrorNotCaught,
    MessageNotAwaited,
    StartNotFound,
    TokenNotWaiting,
)
from shuzheng.support.workflow.rules.state import (
    CHILD,
    DECISION,
    MESSAGE,
    ROOT,
    SERVICE,
    TASK,
    TIMER,
    State,
)
from shuzheng.support.workflow.rules.stepping.activities import enter_scope, finish
from shuzheng.support.workflow.rules.stepping.catching import definition_of, trigger
from shuzheng.support.workflow.rules.stepping.machine import Machine
from shuzheng.support.workflow.rules.stepping.run import run
from shuzheng.support.workflow.rules.stepping.throwing import (
    catchers,
    interrupt,
    receive_signal,
    throw_escalation,
)

WORK = frozenset({TASK, SERVICE, DECISION, CHILD})


@dataclass(frozen=True, slots=True)
class Advance:
    """What one step led to: the new state, what to do, and what to merge into the variables.

    ``taken`` are the ids of the sequence flows that tokens went along, in order.
    """

    state: State
    effects: tuple[Effect, ...]
    variables: Mapping[str, Any]
    taken: tuple[str, ...] = ()


def start(flow: Flow, *, variables: Mapping[str, Any], element: str = "") -> Advance:
    """Start a flow at its plain start event, or at the start event named.

    Raises:
        StartNotFound: there is no such start event.
        WorkflowRefusal: the flow cannot go on with these variables; nothing is started.
    """
    plain = flow.containers[""].starts
    if element not in {one.element for one in flow.starts} and (element or not plain):
        raise StartNotFound(flow=flow.process, element=element)
    machine = Machine(flow, State(), variables)
    enter_scope(machine, "", "", starts=(element,) if element else ())
    return _finish(machine)


def advance(
    flow: Flow, state: State, event: events.Event, *, variables: Mapping[str, Any]
) -> Advance:
    """Tell a flow what happened and run it until it waits again. The given state is untouched.

    Raises:
        TokenNotWaiting: the token has gone or waits for something else.
        MessageNotAwaited: nothing waits for that message.
        ErrorNotCaught: a step failed and no event catches it.
        WorkflowRefusal: the flow cannot go on with these variables.
    """
    machine = Machine(flow, state, variables)
    TAKE[type(event)](machine, event)
    return _finish(machine)


def _finish(machine: Machine) -> Advance:
    run(machine)
    taken = tuple(machine.taken)
    return Advance(machine.freeze(), tuple(machine.effects), machine.changes, taken)


def _task_completed(machine: Machine, event: events.TaskCompleted) -> None:
    machine.waiting(event.token, frozenset({TASK}))
    finish(machine, event.token, event.outcome)


def _service_completed(machine: Machine, event: events.ServiceCompleted) -> None:
    machine.waiting(event.token, frozenset({SERVICE}))
    finish(machine, event.token, event.result)


def _decision_made(machine: Machine, event: events.DecisionMade) -> None:
    machine.waiting(event.token, frozenset({DECISION}))
    finish(machine, event.token, event.result)


def _child_ended(machine: Machine, event: events.ChildEnded) -> None:
    machine.waiting(event.token, frozenset({CHILD}))
    finish(machine, event.token, event.result)


def _work_failed(machine: Machine, event: events.WorkFailed) -> None:
    token = machine.waiting(event.token, WORK)
    for catcher in catchers(machine, "error", event.error, token.scope, event.token):
        interrupt(machine, catcher)
        return
    raise ErrorNotCaught(element=token.element, error=event.error)


def _escalation_raised(machine: Machine, event: events.EscalationRaised) -> None:
    token = machine.waiting(event.token, WORK)
    throw_escalation(
        machine, machine.node(token), token.scope, event.escalation, guarded=event.token
    )


def _timer_fired(machine: Machine, event: events.TimerFired) -> None:
    machine.waiting(event.token, frozenset({TIMER}))
    trigger(machine, event.token)


def _message_received(machine: Machine, event: events.MessageReceived) -> None:
    if event.token:
        token = machine.waiting(event.token, frozenset({MESSAGE}))
        if definition_of(machine, token).name != event.name:
            raise TokenNotWaiting(token=event.token)
        trigger(machine, event.token, event.payload)
        return
    for key, token in machine.tokens.items():
        if token.role == MESSAGE and definition_of(machine, token).name == event.name:
            trigger(machine, key, event.payload)
            return
    raise MessageNotAwaited(name=event.name)


def _signal_received(machine: Machine, event: events.SignalReceived) -> None:
    receive_signal(machine, event.name, event.payload)


def _variables_changed(machine: Machine, _event: events.VariablesChanged) -> None:
    if ROOT not in machine.scopes:
        raise TokenNotWaiting(token=ROOT)


TAKE: Mapping[type[events.Event], Callable[[Machine, Any], None]] = {
    events.TaskCompleted: _task_completed,
    events.ServiceCompleted: _service_completed,
    events.DecisionMade: _decision_made,
    events.ChildEnded: _child_ended,
    events.WorkFailed: _work_failed,
    events.EscalationRaised: _escalation_raised,
    events.TimerFired: _timer_fired,
    events.MessageReceived: _message_received,
    events.SignalReceived: _signal_received,
    events.VariablesChanged: _variables_changed,
}
