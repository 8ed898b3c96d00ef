"""Messages and signals between flows: thrown in the thrower's transaction, carried in their own.

A message goes by its name and a key: what ``shuzheng:correlation`` gives on both sides, or the
number of the whole file where nothing is drawn. A message nobody waits for is kept for
``KEPT_FOR`` and delivered to the first that does; a signal reaches whoever waited when it was
given, and opens a case of every flow in force that began with it then. Each is delivered once: its
row and the receiver's step change together.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from shuzheng.infrastructure.access.rules import Actor
from shuzheng.infrastructure.journal.operations import NewEntry
from shuzheng.support.cases.models import Case, FlowMessage, Wait
from shuzheng.support.cases.operations.record.keeping import Part, inserted, waits_over, write
from shuzheng.support.cases.operations.record.notes import entry_of
from shuzheng.support.cases.queries.starting import list_starters
from shuzheng.support.cases.rules.flow_entries import MESSAGE_SENT, SIGNAL_SENT
from shuzheng.support.cases.rules.starts import start_at
from shuzheng.support.workflow import rules as engine

KEPT_FOR = timedelta(days=30)
_SIGNAL = """
    INSERT INTO cases_flowmessage
        (kind, name, key, payload, from_case_id, to_case_id, state, sent_at, try_at, attempts,
         opens, source)
    SELECT DISTINCT 'signal', %s, '', '{}'::jsonb, %s, case_id, 'sent', %s, %s, 0, '', ''
    FROM cases_wait WHERE kind = 'signal' AND name = %s AND case_id <> %s
"""


def file_key(case: Case) -> str:
    """Return the key of a message without correlation: it stays within the file."""
    root = case.root or case
    return f"case:{root.number}"


def throw(
    case: Case, effect: engine.ThrowMessage | engine.ThrowSignal, *, by: Actor, at: datetime
) -> NewEntry:
    """Send what a flow throws on its way; returns what the journal is to say."""
    if isinstance(effect, engine.ThrowSignal):
        count = _throw_signal(case, effect.name, at=at) + _begin(case, effect.name, at=at)
        return entry_of(SIGNAL_SENT, case, by=by, at=at, name=effect.name, count=count)
    key = file_key(case) if effect.key is None else effect.key
    FlowMessage.objects.create(
        kind="message", name=effect.name, key=key, from_case=case, sent_at=at, try_at=at
    )
    return entry_of(MESSAGE_SENT, case, by=by, at=at, name=effect.name, key=key)


def _throw_signal(case: Case, name: str, *, at: datetime) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_SIGNAL, [name, case.pk, at, at, name, case.pk])
        return int(cursor.rowcount)


def _begin(case: Case, name: str, *, at: datetime) -> int:
    """Send the signal to the flows that begin with it; a case begins none of its own matter."""
    begun = [
        FlowMessage(
            kind="signal",
            name=name,
            from_case=case,
            opens=each.matter.key,
            sent_at=at,
            try_at=at,
        )
        for each in list_starters(at=at)
        if each.matter.key != case.matter and start_at(each.version.flow, "signal", name)
    ]
    if begun:
        write((), begun)
    return len(begun)


def waits_kept(
    case: Case,
    flow: engine.Flow,
    state: engine.State,
    *,
    variables: Mapping[str, Any],
    known: frozenset[str],
) -> list[Part]:
    """Return what keeps the rows of what a case waits for in step with its flow.

    Raises:
        ValueUnusable: a correlation has no value.
    """
    gone = known - engine.awaited(state)
    begun = [
        Wait(case=case, token=token, kind=wait.kind, name=wait.name, key=_key(case, wait))
        for token, wait in engine.waits(flow, state, variables=variables, known=known).items()
    ]
    return [
        *([waits_over(case, list(gone))] if gone else []),
        *([inserted(begun)] if begun else []),
    ]


def _key(case: Case, wait: engine.Wait) -> str:
    if wait.kind == "signal":
        return ""
    return file_key(case) if wait.key is None else wait.key
