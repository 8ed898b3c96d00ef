"""What a flow asks of the world; the caller carries it out in the same transaction.

``properties`` are the attributes of the element in the namespace ``https://shuzheng.org/bpmn``
(those of its lane first), by local name.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class OpenTask:
    """A person is to do something; ``item`` is the item of a multi-instance task."""

    token: str
    element: str
    name: str
    lane: str
    properties: Mapping[str, str]
    item: Any = None


@dataclass(frozen=True, slots=True)
class CloseTask:
    """An open task is taken away undone."""

    token: str


@dataclass(frozen=True, slots=True)
class CallService:
    """An operation of another room is to be carried out; answer with ``ServiceCompleted``."""

    token: str
    element: str
    operation: str
    properties: Mapping[str, str]
    item: Any = None


@dataclass(frozen=True, slots=True)
class RunDecision:
    """A decision is to be taken; answer with ``DecisionMade``."""

    token: str
    element: str
    decision: str
    properties: Mapping[str, str]
    item: Any = None


@dataclass(frozen=True, slots=True)
class StartChild:
    """A child flow is to be started; answer with ``ChildEnded``."""

    token: str
    element: str
    called: str
    item: Any = None
    properties: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CancelChild:
    """A running child is no longer needed."""

    token: str


@dataclass(frozen=True, slots=True)
class SetTimer:
    """Answer once with ``TimerFired``; for a cycle the flow asks again with what is left.

    ``value`` is ISO 8601: a duration, a date or date and time, or ``R3/PT1H``.
    """

    token: str
    element: str
    kind: Literal["duration", "date", "cycle"]
    value: str
    properties: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CancelTimer:
    """A timer is no longer needed."""

    token: str


@dataclass(frozen=True, slots=True)
class ThrowMessage:
    """A message goes out; ``key`` is the value of ``shuzheng:correlation``, nothing without it."""

    name: str
    element: str
    properties: Mapping[str, str]
    key: str | None = None


@dataclass(frozen=True, slots=True)
class ThrowSignal:
    """A signal goes to all other flows; this flow's own tokens have had it already."""

    name: str
    element: str


@dataclass(frozen=True, slots=True)
class ThrowEscalation:
    """An escalation nobody in this flow catches; a parent may."""

    name: str
    element: str


@dataclass(frozen=True, slots=True)
class Ended:
    """The flow is over; ``code`` and ``element`` belong to an error nobody caught."""

    result: Literal["completed", "terminated", "error"]
    code: str = ""
    element: str = ""


Effect = (
    OpenTask
    | CloseTask
    | CallService
    | RunDecision
    | StartChild
    | CancelChild
    | SetTimer
    | CancelTimer
    | ThrowMessage
    | ThrowSignal
    | ThrowEscalation
    | Ended
)
