"""Flows that begin by themselves: what caused it, at which start event, and when the next time."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, tzinfo
from typing import Any

from shuzheng.infrastructure.journal.rules import declare_entry_kind
from shuzheng.support.cases.rules.timers import next_firing
from shuzheng.support.workflow.rules import Flow, Start

OPENED = declare_entry_kind(
    "case.opened",
    "依职权启动办件",
    facts=("number", "matter", "department", "cause", "name", "of"),
)
CLOSED = declare_entry_kind("case.closed", "依职权启动的办件办结", facts=("number", "matter"))
NOT_BEGUN = declare_entry_kind(
    "flow.not_begun", "流程未能自动开始", facts=("matter", "cause", "name", "code", "sentence")
)
CAUSE = "cause"
"""The variable that says what a case was opened by."""


@dataclass(frozen=True, slots=True)
class Cause:
    """What opened a case that nobody applied for.

    Attributes:
        kind: ``message``, ``signal``, ``timer`` or ``entry``.
        name: of the message or signal, the kind of the entry, or the timer as it is drawn.
        key: what the message goes by, or the number of the entry.
        case: number of the case it came from, empty if from none.
        at: when it was sent, written or due; ISO 8601.
    """

    kind: str
    name: str
    key: str = ""
    case: str = ""
    at: str = ""

    def to_json(self) -> dict[str, str]:
        """Return it as the variable of the case."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Due:
    """When a timer begins its flow next, and how often still; no moment means never again."""

    next_at: datetime | None
    left: int | None


def start_at(flow: Flow, trigger: str, name: str) -> str:
    """Return the start event of that message or signal, empty if there is none."""
    found = (each for each in flow.starts if each.trigger == trigger and each.name == name)
    return next((each.element for each in found), "")


def start_by_entry(flow: Flow, variables: Mapping[str, Any]) -> str | None:
    """Return where an entry begins a flow: empty at its plain start, None if it does not.

    Where conditional start events are drawn, it is the first whose condition is true.

    Raises:
        ConditionUndecided: a condition is neither true nor false.
    """
    conditional = [each for each in flow.starts if each.trigger == "conditional"]
    if not conditional:
        return "" if flow.containers[""].starts else None
    return next((each.element for each in conditional if _holds(flow, each, variables)), None)


def _holds(flow: Flow, start: Start, variables: Mapping[str, Any]) -> bool:
    definitions = flow.nodes[start.element].definitions
    expression = next((each.expression for each in definitions if each.expression), None)
    return expression is not None and expression.holds(variables)


def first_due(*, timer: str, value: str, since: datetime, zone: tzinfo) -> Due:
    """Return when a timer begins its flow for the first time after it came in force.

    What a date or a cycle names before that was never due.

    Raises:
        TimerUnreadable: the value is no time.
    """
    moment = _moment(timer, value, since, zone)
    if timer != "cycle":
        return Due(moment, 1) if moment > since or timer == "duration" else Due(None, 0)
    left = count_of(value)
    if left is None and moment <= since:
        return Due(_moment(timer, value, since, zone, moment), None)
    while left and moment <= since:
        left -= 1
        moment = _moment(timer, value, moment, zone, moment)
    return Due(moment if left != 0 else None, left)


def next_due(*, timer: str, value: str, due: Due, now: datetime, zone: tzinfo) -> Due:
    """Return when a timer begins its flow again, having done so; missed times are passed over."""
    left = None if due.left is None else due.left - 1
    if timer != "cycle" or left == 0 or due.next_at is None:
        return Due(None, 0)
    return Due(_moment(timer, value, now, zone, due.next_at), left)


def count_of(cycle: str) -> int | None:
    """Return how often a cycle comes, nothing for ever.

    >>> count_of("R3/P1D"), count_of("R/P1M")
    (3, None)
    """
    count = cycle.partition("/")[0].removeprefix("R")
    return int(count) if count else None


def _moment(
    timer: str, value: str, now: datetime, zone: tzinfo, previous: datetime | None = None
) -> datetime:
    zone = UTC if timer == "duration" else zone
    return next_firing(kind=timer, value=value, now=now, zone=zone, previous=previous)
