"""Any order of events, also stale and double ones, leaves a whole and small state."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shuzheng.support.workflow import rules
from shuzheng.support.workflow.rules import State
from tests.support.workflow.flow_drawing import FORMAL, flow_of

HEAD = (
    '<message id="m1" name="withdraw"/><message id="m2" name="note"/>'
    '<signal id="sg" name="storm"/><error id="er" errorCode="E1"/>'
)


def edges(pairs: str) -> str:
    return "".join(
        f'<sequenceFlow id="x_{source}_{target}" sourceRef="{source}" targetRef="{target}"/>'
        for source, _, target in (pair.partition(">") for pair in pairs.split())
    )


def timer(key: str, host: str) -> str:
    return (
        f'<boundaryEvent id="{key}" attachedToRef="{host}" cancelActivity="false">'
        f"<timerEventDefinition><timeCycle {FORMAL}>R2/P1D</timeCycle></timerEventDefinition>"
        "</boundaryEvent>"
    )


RICH_BODY = (
    '<startEvent id="s"/><endEvent id="e"/><userTask id="accept"/><userTask id="correct"/>'
    '<exclusiveGateway id="g" default="g_f"/><parallelGateway id="f"/><parallelGateway id="j"/>'
    '<userTask id="review"><multiInstanceLoopCharacteristics shuzheng:collection="departments" '
    f'shuzheng:output="opinions"><completionCondition {FORMAL}>numberOfCompletedInstances = 3'
    "</completionCondition></multiInstanceLoopCharacteristics></userTask>"
    + timer("late", "review") + timer("slow", "visit") + '<userTask id="urge"/>'
    '<subProcess id="visit"><startEvent id="vs"/><serviceTask id="book" shuzheng:operation="x"/>'
    '<userTask id="look"/><endEvent id="ve"/>' + timer("idle", "look") + '<task id="remind"/>'
    + edges("vs>book book>look look>ve idle>remind remind>ve")
    + '<subProcess id="noted" triggeredByEvent="true"><startEvent id="ns" isInterrupting="false">'
    '<messageEventDefinition messageRef="m2"/></startEvent><userTask id="file"/>'
    '<endEvent id="ne"/>' + edges("ns>file file>ne") + "</subProcess></subProcess>"
    '<boundaryEvent id="failed" attachedToRef="visit"><errorEventDefinition errorRef="er"/>'
    '</boundaryEvent><userTask id="mend"/><businessRuleTask id="judge" shuzheng:decision="d"/>'
    '<subProcess id="gone" triggeredByEvent="true"><startEvent id="gs">'
    '<messageEventDefinition messageRef="m1"/></startEvent><userTask id="close"/>'
    '<endEvent id="ge"/>' + edges("gs>close close>ge") + "</subProcess>"
    '<intermediateCatchEvent id="calm"><signalEventDefinition signalRef="sg"/>'
    '</intermediateCatchEvent><exclusiveGateway id="v"/>'
)  # fmt: skip
RICH_FLOWS = (
    "s>accept accept>g g>correct[not(ok)] correct>accept g>f f>review f>visit f>calm review>j "
    "visit>v failed>mend mend>v v>j calm>j j>judge judge>e late>urge slow>urge urge>e"
)
RICH = flow_of(RICH_BODY, RICH_FLOWS, head=HEAD)
LAST = 9
VARIABLES = {"ok": False, "departments": ["market", "fire", "housing", "health"]}
CHOICES = st.lists(
    st.tuples(
        st.sampled_from(["token"] * 6 + ["stale", "message", "signal"]), st.integers(0, LAST)
    ),
    min_size=10,
    max_size=60,
)


def event_for(state: State, kind: str, pick: int) -> rules.Event:
    """Return an event that could come now, or one that is too late."""
    if kind == "message":
        return rules.MessageReceived("withdraw" if pick == LAST else "note")
    if kind == "signal":
        return rules.SignalReceived("storm")
    if kind == "stale" or not state.tokens:
        return rules.TaskCompleted(str(pick * 7), {"ok": True})
    key, token = sorted(state.tokens.items())[pick % len(state.tokens)]
    answers: dict[str, rules.Event] = {
        "task": rules.TaskCompleted(key, {"ok": pick > 1}),
        "service": rules.WorkFailed(key, "E1") if pick > 6 else rules.ServiceCompleted(key),
        "decision": rules.DecisionMade(key, {"outcome": "yes"}),
        "timer": rules.TimerFired(key),
    }
    return answers.get(token.role, rules.TimerFired(key))


def check_whole(state: State, effects: list[rules.Effect]) -> None:
    """Nothing hangs in the air, and what is open outside is what waits inside."""
    for token in state.tokens.values():
        assert token.scope in state.scopes
        assert not token.of or token.of in state.tokens
    for key, scope in state.scopes.items():
        assert (key == "0") == (scope.host == "")
        assert not scope.host or state.tokens[scope.host].role == "body"
    opened = {one.token for one in effects if isinstance(one, rules.OpenTask)}
    closed = {one.token for one in effects if isinstance(one, rules.CloseTask)}
    waiting = {key for key, token in state.tokens.items() if token.role == "task"}
    assert waiting <= opened - closed
    assert len(json.dumps(state.to_json())) < 2_048


@settings(max_examples=150, deadline=None)
@given(CHOICES)
def test_a_walk_of_any_events_keeps_the_state_whole_and_can_be_replayed(
    choices: list[tuple[str, int]],
) -> None:
    variables: dict[str, Any] = dict(VARIABLES)
    advance = rules.start(RICH, variables=variables)
    effects, taken = list(advance.effects), []
    for kind, pick in choices:
        state = advance.state
        event = event_for(state, kind, pick)
        before = json.dumps(state.to_json())
        try:
            advance = rules.advance(RICH, state, event, variables=variables)
        except rules.WorkflowRefusal:
            assert json.dumps(state.to_json()) == before
            continue
        taken.append(event)
        variables.update(advance.variables)
        effects += advance.effects
        assert State.from_json(json.loads(json.dumps(advance.state.to_json()))) == advance.state
        check_whole(advance.state, effects)
    assert replay(taken) == (advance.state, variables)


def replay(events: list[rules.Event]) -> tuple[State, dict[str, Any]]:
    """Run the recorded events again, as when looking back at a case."""
    variables: dict[str, Any] = dict(VARIABLES)
    advance = rules.start(RICH, variables=variables)
    variables.update(advance.variables)
    for event in events:
        advance = rules.advance(RICH, advance.state, event, variables=variables)
        variables.update(advance.variables)
    return advance.state, variables


@settings(max_examples=60, deadline=None)
@given(CHOICES)
def test_the_same_event_twice_counts_once(choices: list[tuple[str, int]]) -> None:
    variables: dict[str, Any] = dict(VARIABLES)
    state = rules.start(RICH, variables=variables).state
    for kind, pick in choices:
        event = event_for(state, kind, pick)
        if not isinstance(event, rules.TaskCompleted | rules.ServiceCompleted | rules.DecisionMade):
            continue
        try:
            advance = rules.advance(RICH, state, event, variables=variables)
        except rules.WorkflowRefusal:
            continue
        variables.update(advance.variables)
        state = advance.state
        with pytest.raises(rules.TokenNotWaiting):
            rules.advance(RICH, state, event, variables=variables)
