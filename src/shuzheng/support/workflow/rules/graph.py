"""The compiled flow: read once for each version, never changed, shared by all cases."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from shuzheng.support.workflow.rules.expressions import Expression

Kind = Literal[
    "start",
    "end",
    "catch",
    "throw",
    "boundary",
    "task",
    "user",
    "manual",
    "service",
    "decision",
    "script",
    "send",
    "receive",
    "call",
    "subprocess",
    "event_subprocess",
    "exclusive",
    "parallel",
    "inclusive",
    "event_gateway",
]
Trigger = Literal[
    "message",
    "timer",
    "signal",
    "error",
    "escalation",
    "conditional",
    "link",
    "compensate",
    "terminate",
]
ACTIVITIES = frozenset(
    {
        "task", "user", "manual", "service", "decision", "script", "send", "receive", "call",
        "subprocess", "event_subprocess",
    }
)  # fmt: skip
GATEWAYS = frozenset({"exclusive", "parallel", "inclusive", "event_gateway"})


@dataclass(frozen=True, slots=True)
class Edge:
    """A sequence flow."""

    id: str
    name: str
    source: str
    target: str
    condition: Expression | None = None


@dataclass(frozen=True, slots=True)
class Definition:
    """What an event waits for or throws.

    ``name`` is the message, signal, link, error code, escalation code, or the activity to
    compensate; ``timer`` with ``literal`` or ``expression`` belongs to a timer.
    """

    trigger: Trigger
    name: str = ""
    timer: Literal["duration", "date", "cycle", ""] = ""
    literal: str = ""
    expression: Expression | None = None


@dataclass(frozen=True, slots=True)
class Repetition:
    """A loop or several instances of one activity."""

    sequential: bool = True
    standard: bool = False
    test_before: bool = False
    condition: Expression | None = None
    maximum: int | None = None
    cardinality: Expression | None = None
    collection: Expression | None = None
    item: str = ""
    output: str = ""
    output_item: str = ""
    behaviour: Literal["none", "one", "all", "complex"] = "all"
    signals: tuple[tuple[Expression | None, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Node:
    """A flow node with all that stepping needs to know of it.

    ``container`` is the subprocess it stands in ("" for the process), ``called`` the operation,
    decision, message or flow an activity names, ``handler`` the activity that compensates it;
    an event that ``needs_all`` comes when all its definitions have come. ``correlation`` gives the
    key that a message goes by besides its name.
    """

    id: str
    kind: Kind
    name: str = ""
    container: str = ""
    lane: str = ""
    properties: Mapping[str, str] = field(default_factory=dict)
    incoming: tuple[str, ...] = ()
    outgoing: tuple[Edge, ...] = ()
    default: str = ""
    definitions: tuple[Definition, ...] = ()
    boundaries: tuple[str, ...] = ()
    attached: str = ""
    interrupting: bool = True
    needs_all: bool = False
    repetition: Repetition | None = None
    script: Expression | None = None
    called: str = ""
    result: str = ""
    start_quantity: int = 1
    completion_quantity: int = 1
    for_compensation: bool = False
    handler: str = ""
    instantiates: bool = False
    correlation: Expression | None = None


@dataclass(frozen=True, slots=True)
class Container:
    """What a process or subprocess holds: its ordinary start, and its event subprocesses.

    ``events`` are the start events of the event subprocesses in it.
    """

    starts: tuple[str, ...] = ()
    events: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Start:
    """A start event of the process: what sets the flow off."""

    element: str
    trigger: Trigger | Literal["none"]
    name: str = ""
    timer: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Flow:
    """A process ready to run."""

    process: str
    name: str
    nodes: Mapping[str, Node]
    containers: Mapping[str, Container]
    starts: tuple[Start, ...]
    upstream: Mapping[str, Mapping[str, frozenset[str]]]
    variables: tuple[str, ...] = ()
    documentation: str = ""
