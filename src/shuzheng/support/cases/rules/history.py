"""The history of a flow as plain values, and the flow played again from it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from shuzheng.policy.refusals import Conflict, gettext_noop
from shuzheng.support.cases.rules.refusals import CaseRefusal
from shuzheng.support.workflow import rules as engine

START = "start"
EVENTS: Mapping[str, type[Any]] = {
    "task": engine.TaskCompleted,
    "service": engine.ServiceCompleted,
    "decision": engine.DecisionMade,
    "child": engine.ChildEnded,
    "failed": engine.WorkFailed,
    "escalation": engine.EscalationRaised,
    "timer": engine.TimerFired,
    "message": engine.MessageReceived,
    "signal": engine.SignalReceived,
    "changed": engine.VariablesChanged,
}
_NAMES = {kind: name for name, kind in EVENTS.items()}


class HistoryUnknown(CaseRefusal, Conflict):
    """The case ran before steps were kept, or the moment lies before its flow began."""

    code = "history-unknown"
    template = gettext_noop("办件 {number} 在该时刻没有流程记录。")
    remedy = gettext_noop("请选择流程开始以后的时刻。")


@dataclass(frozen=True, slots=True)
class Step:
    """One step as it is kept: under which version, what was told, the whole where it must be."""

    flow: int
    told: Sequence[Mapping[str, Any]] = ()
    snapshot: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Played:
    """Where a flow stood after its history: version, state, variables."""

    flow: int
    state: engine.State
    variables: Mapping[str, Any] = field(default_factory=dict)


def told(
    event: engine.Event | None, *, before: Mapping[str, Any], now: Mapping[str, Any]
) -> dict[str, Any]:
    """Return an event as it is kept, with the variables that changed before it."""
    entry: dict[str, Any] = {}
    changed = {name: value for name, value in now.items() if _differs(before, name, value)}
    gone = [name for name in before if name not in now]
    if changed:
        entry["v"] = changed
    if gone:
        entry["x"] = gone
    if event is not None:
        entry["e"] = [
            _NAMES[type(event)],
            *(getattr(event, name) for name in type(event).__slots__),
        ]
    return entry


def _differs(before: Mapping[str, Any], name: str, value: Any) -> bool:
    return name not in before or (before[name] is not value and before[name] != value)


def play(steps: Iterable[Step], flow_of: Callable[[int], engine.Flow]) -> Played | None:
    """Play kept steps again, from the last that keeps the whole; nothing if none does."""
    kept = list(steps)
    begins = [index for index, step in enumerate(kept) if step.snapshot is not None]
    if not begins:
        return None
    played = _begin(kept[begins[-1]])
    for step in kept[begins[-1] :]:
        for entry in step.told:
            played = _tell(played, entry, flow_of(step.flow))
    return played


def _begin(step: Step) -> Played:
    whole = step.snapshot or {}
    state = whole.get("state")
    return Played(
        step.flow,
        engine.State.from_json(state) if state else engine.State(),
        dict(whole.get("variables", {})),
    )


def _tell(played: Played, entry: Mapping[str, Any], flow: engine.Flow) -> Played:
    variables = {**played.variables, **entry.get("v", {})}
    for name in entry.get("x", ()):
        variables.pop(name, None)
    if "e" not in entry:
        return Played(played.flow, played.state, variables)
    name, *values = entry["e"]
    if name == START:
        advance = engine.start(flow, variables=variables, element=values[0])
    else:
        event = EVENTS[name](*values)
        advance = engine.advance(flow, played.state, event, variables=variables)
    return Played(played.flow, advance.state, {**variables, **advance.variables})
