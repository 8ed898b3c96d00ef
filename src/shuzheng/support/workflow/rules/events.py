"""What can happen to a flow from outside."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class TaskCompleted:
    """A person did the task; ``outcome`` is merged into the variables."""

    token: str
    outcome: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ServiceCompleted:
    """A service task's work is done; a mapping is merged, else see ``shuzheng:result``."""

    token: str
    result: Any = None


@dataclass(frozen=True, slots=True)
class DecisionMade:
    """A decision was taken; a mapping is merged, else see ``shuzheng:result``."""

    token: str
    result: Any = None


@dataclass(frozen=True, slots=True)
class ChildEnded:
    """The called flow has ended; a mapping is merged, else see ``shuzheng:result``."""

    token: str
    result: Any = None


@dataclass(frozen=True, slots=True)
class WorkFailed:
    """A task, service, decision or child ended in the BPMN error of that code."""

    token: str
    error: str


@dataclass(frozen=True, slots=True)
class EscalationRaised:
    """A task, service or child raises an escalation without ending."""

    token: str
    escalation: str


@dataclass(frozen=True, slots=True)
class TimerFired:
    """The moment asked for by ``SetTimer`` has come."""

    token: str


@dataclass(frozen=True, slots=True)
class MessageReceived:
    """A message came; the oldest token that waits for it takes it, or the one named."""

    name: str
    payload: Mapping[str, Any] = field(default_factory=dict)
    token: str = ""


@dataclass(frozen=True, slots=True)
class SignalReceived:
    """A signal was broadcast; every token that waits for it takes it, nobody need."""

    name: str
    payload: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class VariablesChanged:
    """The case's variables changed by themselves; conditional events are looked at again."""


Event = (
    TaskCompleted
    | ServiceCompleted
    | DecisionMade
    | ChildEnded
    | WorkFailed
    | EscalationRaised
    | TimerFired
    | MessageReceived
    | SignalReceived
    | VariablesChanged
)
