"""Cases that nobody applies for: opened by a message, a signal, an entry or a timer.

Whatever opens one is a row that is locked, ended and bound to its case in the transaction that
opens the case, so that it opens one at most.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from shuzheng.infrastructure.access.rules import Actor
from shuzheng.infrastructure.journal import operations as journal
from shuzheng.institutions.areas.queries import has_area
from shuzheng.institutions.city.queries import get_city
from shuzheng.policy.refusals import Refusal
from shuzheng.support.cases.models import Case, FlowMessage, Wait
from shuzheng.support.cases.operations.record import keeping, periods
from shuzheng.support.cases.operations.record.notes import note
from shuzheng.support.cases.operations.record.numbers import next_number, receipt_code
from shuzheng.support.cases.operations.running.flow import Run
from shuzheng.support.cases.queries.starting import Starter, get_starter, list_starters
from shuzheng.support.cases.rules.starts import (
    CAUSE,
    NOT_BEGUN,
    OPENED,
    Cause,
    start_at,
    start_by_entry,
)
from shuzheng.support.cases.rules.states import State
from shuzheng.support.matters.rules import Matter


@dataclass(frozen=True, slots=True)
class Beginning:
    """How a flow begins by itself.

    Attributes:
        element: the start event; empty for the plain one.
        beside: the case it came from, whose area it takes unless a variable names one.
    """

    starter: Starter
    element: str
    cause: Cause
    variables: Mapping[str, Any]
    beside: Case | None = None


def begin_case(beginning: Beginning, *, by: Actor, at: datetime) -> Case:
    """Open a case of a matter at a start event of its flow; its clocks start now.

    It has no applicant: nothing is received or accepted, and nobody is told but the posts.

    Raises:
        WorkflowRefusal, CaseRefusal: the flow cannot go on with this; no case is opened.
    """
    matter, cause = beginning.starter.matter, beginning.cause
    case = _create(beginning, at)
    _start_clocks(case, matter, at)
    told = {"cause": cause.kind, "name": cause.name, "of": cause.key or cause.case or cause.at}
    note(OPENED, case, by=by, at=at, department=matter.department, **told)
    keeping.remember(case)
    Run(case, case, by, at).start(beginning.element)
    return case


def _create(beginning: Beginning, at: datetime) -> Case:
    starter, matter, given = beginning.starter, beginning.starter.matter, beginning.variables
    return Case.objects.create(
        number=next_number(year=periods.today(at).year),
        revision_id=starter.revision_id,
        flow_id=starter.version.id,
        matter=matter.key,
        title=matter.title,
        department=matter.department,
        area=_area(given, beginning.beside),
        state=State.ACCEPTED,
        variables={**given, "matter": matter.key, CAUSE: beginning.cause.to_json()},
        receipt_code=receipt_code(),
        created_at=at,
        submitted_at=at,
        accepted_at=at,
    )


def _start_clocks(case: Case, matter: Matter, at: datetime) -> None:
    for kind, period in (
        (periods.STATUTORY, matter.statutory_period),
        (periods.PROMISE, matter.promised_period),
    ):
        if period:
            periods.start_clock(case, kind=kind, period=period, started_on=periods.today(at))


def _area(variables: Mapping[str, Any], beside: Case | None) -> str:
    named = variables.get("area")
    if isinstance(named, str) and has_area(named):
        return named
    return beside.area if beside else get_city().code


def begin_with(message: FlowMessage, *, by: Actor, at: datetime) -> Case | None:
    """Open the case that a message, signal or entry opens, and end it; or do nothing.

    The caller has locked the message, if it has a row, and writes what becomes of it.

    Raises:
        WorkflowRefusal, CaseRefusal: the flow cannot begin with it; no case is opened.
    """
    found = _start_of(message, at)
    if found is None:
        return None
    case = begin_case(_beginning_with(message, *found), by=by, at=at)
    message.state, message.to_case, message.ended_at = "opened", case, at
    return case


def _beginning_with(message: FlowMessage, starter: Starter, element: str) -> Beginning:
    node = starter.version.flow.nodes.get(element)
    payload = message.payload
    given = {node.result: payload} if node and node.result and payload else payload
    return Beginning(starter, element, _cause_of(message), given, beside=message.from_case)


def begins_with(name: str, *, at: datetime) -> Starter | None:
    """Return the matter whose flow begins with a message of that name, the first by its key."""
    named = (each for each in list_starters(at=at) if start_at(each.version.flow, "message", name))
    return next(named, None)


def _start_of(message: FlowMessage, at: datetime) -> tuple[Starter, str] | None:
    starter = (
        get_starter(message.opens, at=at) if message.opens else begins_with(message.name, at=at)
    )
    if starter is None:
        return None
    if message.kind == "entry":
        element = start_by_entry(starter.version.flow, message.payload)
        return None if element is None else (starter, element)
    element = start_at(starter.version.flow, message.kind, message.name)
    return (starter, element) if element else None


def _cause_of(message: FlowMessage) -> Cause:
    sender = message.from_case.number if message.from_case else ""
    at = message.sent_at.isoformat()
    return Cause(message.kind, message.name, message.key, sender, at)


def wait_turn(turn: str) -> None:
    """Go on when nobody else has that turn, and have it until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [turn])


def turn_of(name: str, key: str) -> str:
    """Return the turn that messages of a name and key take: the next may be for the case opened."""
    return f"begin:{name}:{key}"


def is_awaited(message: FlowMessage) -> bool:
    """Say whether a case waits for the message by now."""
    waits = Wait.objects.filter(kind="message", name=message.name, key=message.key)
    return message.kind == "message" and waits.exists()


def note_not_begun(
    matter: str, cause: str, name: str, refusal: Refusal, *, by: Actor, at: datetime
) -> None:
    """Journal that a flow could not begin by itself, and why."""
    facts = {"matter": matter, "cause": cause, "name": name}
    said = {"code": refusal.code, "sentence": str(refusal)}
    subject = f"matter:{matter}"
    journal.append(actor=by, kind=NOT_BEGUN, subject=subject, at=at, facts=facts | said)
