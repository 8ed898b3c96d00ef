"""Carry messages and signals to the cases that wait for them, each in a transaction of its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from shuzheng.infrastructure.access.rules import Actor, guard, system
from shuzheng.infrastructure.journal import operations as journal
from shuzheng.infrastructure.journal.rules import EntryKind
from shuzheng.policy.refusals import Refusal
from shuzheng.support.cases.models import Case, FlowMessage, Wait
from shuzheng.support.cases.operations.record.access import lock_case
from shuzheng.support.cases.operations.record.keeping import inserted, write
from shuzheng.support.cases.operations.record.notes import entry_of
from shuzheng.support.cases.operations.running.beginning import (
    begin_with,
    begins_with,
    is_awaited,
    note_not_begun,
    turn_of,
    wait_turn,
)
from shuzheng.support.cases.operations.running.flow import proceed
from shuzheng.support.cases.operations.running.messages import KEPT_FOR
from shuzheng.support.cases.operations.running.stopped import next_attempt_at, note_stopped
from shuzheng.support.cases.rules.flow_entries import (
    MESSAGE_DELIVERED,
    MESSAGE_EXPIRED,
    MESSAGE_KEPT,
    MESSAGE_SENT,
    SEND_MESSAGE,
)
from shuzheng.support.cases.rules.states import ENDS, State
from shuzheng.support.workflow import rules as engine

_CARRIER = system("messages")
OPEN = ("sent", "kept")
# The oldest wait takes the oldest message; a signal knows its case already.
_MATCHES = """
    SELECT DISTINCT ON (m.id) m.id, c.number, w.token
    FROM cases_flowmessage m
    JOIN cases_wait w ON w.kind = m.kind AND w.name = m.name
        AND (m.kind = 'message' AND w.key = m.key OR m.kind = 'signal' AND w.case_id = m.to_case_id)
    JOIN cases_case c ON c.id = w.case_id
    WHERE m.state IN ('sent', 'kept') AND m.try_at <= %s
    ORDER BY m.id, w.id LIMIT %s
"""


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a message: ``delivered`` to a case, ``opened`` one, or is ``kept``.

    ``number`` is that of the case; a message sent again has the answer it has by now.
    """

    code: str
    number: str = ""


@transaction.atomic
def send_message(
    *,
    name: str,
    key: str,
    payload: Mapping[str, Any] | None = None,
    reference: str = "",
    by: Actor,
    at: datetime,
) -> Answer:
    """Bring a message from outside to the case that waits for it, or let it open one.

    Args:
        key: the value of the waiting event's correlation, or ``case:<number of the file>``.
        payload: becomes variables of the case.
        reference: the sender's own number for it; sent again under it, it is not taken again.

    Returns:
        Whether it was delivered, opened a case, or is kept because nobody waits and no flow begins
        with it; the journal says so too.

    Raises:
        PostLacksPermission: the post may not send messages.
        WorkflowRefusal: the case waits for it but cannot go on; nothing is kept.
    """
    guard(by, SEND_MESSAGE)
    source = f"{by.account or by.name}/{reference}" if reference else ""
    if source:
        earlier = _taken(source)
        if earlier is not None:
            return earlier
    message = FlowMessage(
        kind="message",
        name=name,
        key=key,
        payload=dict(payload or {}),
        source=source,
        sent_at=at,
        try_at=at,
    )
    return _send(message, by=by, at=at)


def _taken(source: str) -> Answer | None:
    """Return what became of a message that was sent before; who sends it now waits for its turn."""
    wait_turn(f"source:{source}")
    row = FlowMessage.objects.select_related("to_case").filter(source=source).first()
    if row is None:
        return None
    return Answer(row.state, row.to_case.number) if row.to_case else Answer("kept")


def _send(message: FlowMessage, *, by: Actor, at: datetime) -> Answer:
    number = _give(message, by=by, at=at)
    if not number and begins_with(message.name, at=at):
        wait_turn(turn_of(message.name, message.key))
        number = _give(message, by=by, at=at)
    if number:
        return Answer("delivered", number)
    opened = begin_with(message, by=by, at=at)
    message.state = "opened" if opened else "kept"
    write((), [message])
    _journal(message, MESSAGE_SENT, by=by, at=at, name=message.name, key=message.key)
    if opened:
        return Answer("opened", opened.number)
    _journal(message, MESSAGE_KEPT, by=by, at=at, **_kept_facts(message))
    return Answer("kept")


def _give(message: FlowMessage, *, by: Actor, at: datetime) -> str:
    """Deliver a message to the oldest case that waits for it; return its number, or nothing."""
    for number, token in _receivers(message):
        root, case = lock_case(number)
        if _waits(case, message, token):
            _send_to(root, case, message, token, by=by, at=at)
            return number
    return ""


def _send_to(
    root: Case, case: Case, message: FlowMessage, token: str, *, by: Actor, at: datetime
) -> None:
    message.state, message.to_case, message.ended_at = "delivered", case, at
    sent = entry_of(MESSAGE_SENT, case, by=by, at=at, name=message.name, key=message.key)
    notes = [sent, _delivered(message, case, by=by, at=at)]
    event, writes = _event(message, token), [inserted([message])]
    proceed(root, case, event, notes=notes, writes=writes, by=by, at=at)


def carry_messages(*, at: datetime, limit: int = 100) -> int:
    """Deliver what is waited for, begin flows with the rest, or keep it; returns how many moved.

    A case or flow that refuses is journalled and tried again later: it must not hold up the others.
    """
    moved = 0
    for pk, number, token in _matches(at, limit):
        try:
            moved += _deliver(pk, number, token, by=_CARRIER, at=at)
        except Refusal as refusal:
            _postpone(pk, number, refusal, at=at)
    for pk in _unmatched(at).filter(state="sent").values_list("pk", flat=True)[:limit]:
        moved += _begin_or_keep(pk, at=at)
    expired = _unmatched(at).filter(state="kept", sent_at__lte=at - KEPT_FOR)
    for pk in expired.values_list("pk", flat=True)[:limit]:
        moved += _expire(pk, at=at)
    return moved


def _matches(at: datetime, limit: int) -> list[tuple[int, str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(_MATCHES, [at, limit])
        return list(cursor.fetchall())


def _receivers(message: FlowMessage) -> list[tuple[str, str]]:
    waits = Wait.objects.filter(kind="message", name=message.name, key=message.key)
    return list(waits.order_by("pk").values_list("case__number", "token"))


def _unmatched(at: datetime) -> QuerySet[FlowMessage]:
    """Return what nobody waits for: messages, and signals whose case went on without them."""
    awaiting = Wait.objects.filter(
        Q(kind="message", key=OuterRef("key")) | Q(kind="signal", case=OuterRef("to_case")),
        kind=OuterRef("kind"),
        name=OuterRef("name"),
    )
    return FlowMessage.objects.filter(~Exists(awaiting), state__in=OPEN, try_at__lte=at)


@transaction.atomic
def _deliver(pk: int, number: str, token: str, *, by: Actor, at: datetime) -> bool:
    """Deliver one message; false if another was faster or the case waits no more."""
    root, case = lock_case(number)
    message = FlowMessage.objects.select_for_update().get(pk=pk)
    if message.state not in OPEN or not _waits(case, message, token):
        return False
    FlowMessage.objects.filter(pk=pk).update(state="delivered", to_case=case, ended_at=at)
    entry = _delivered(message, case, by=by, at=at)
    proceed(root, case, _event(message, token), notes=[entry], by=by, at=at)
    return True


def _waits(case: Case, message: FlowMessage, token: str) -> bool:
    """Say whether the locked case waits for it still."""
    if State(case.state) in ENDS:
        return False
    waits = Wait.objects.filter(case=case, kind=message.kind, name=message.name)
    if message.kind == "message":
        waits = waits.filter(token=token, key=message.key)
    return waits.exists()


def _delivered(message: FlowMessage, case: Case, *, by: Actor, at: datetime) -> journal.NewEntry:
    sender = message.from_case.number if message.from_case else ""
    facts = {"name": message.name, "kind": message.kind, "from_case": sender}
    return entry_of(MESSAGE_DELIVERED, case, by=by, at=at, **facts)


def _event(message: FlowMessage, token: str) -> engine.Event:
    if message.kind == "signal":
        return engine.SignalReceived(message.name, message.payload)
    return engine.MessageReceived(message.name, message.payload, token)


def _begin_or_keep(pk: int, *, at: datetime) -> bool:
    """Let what nobody waits for open a case; if it cannot now, say so once and try again later."""
    message = FlowMessage.objects.get(pk=pk)
    try:
        return _settle(message, by=_CARRIER, at=at)
    except Refusal as refusal:
        if message.attempts == 0:
            starter = None if message.opens else begins_with(message.name, at=at)
            matter = starter.matter.key if starter else message.opens
            with transaction.atomic():
                note_not_begun(matter, message.kind, message.name, refusal, by=_CARRIER, at=at)
        _try_later(pk, at=at)
        return False


@transaction.atomic
def _settle(message: FlowMessage, *, by: Actor, at: datetime) -> bool:
    """Nobody waits: it opens a case, or a message is kept and all else is over."""
    if message.kind == "message" and begins_with(message.name, at=at):
        wait_turn(turn_of(message.name, message.key))
    message = FlowMessage.objects.select_for_update().get(pk=message.pk)
    if message.state != "sent" or is_awaited(message):
        return False
    may_open = message.kind == "message" or message.opens
    if may_open and begin_with(message, by=by, at=at):
        message.save(update_fields=["state", "to_case", "ended_at"])
    elif message.kind == "message":
        FlowMessage.objects.filter(pk=message.pk).update(state="kept")
        _journal(message, MESSAGE_KEPT, by=by, at=at, **_kept_facts(message))
    else:
        FlowMessage.objects.filter(pk=message.pk).update(state="missed", ended_at=at)
    return True


def _kept_facts(message: FlowMessage) -> dict[str, str]:
    until = (message.sent_at + KEPT_FOR).date().isoformat()
    return {"name": message.name, "key": message.key, "until": until}


@transaction.atomic
def _expire(pk: int, *, at: datetime) -> bool:
    message = FlowMessage.objects.select_for_update().get(pk=pk)
    if message.state != "kept":
        return False
    FlowMessage.objects.filter(pk=pk).update(state="expired", ended_at=at)
    _journal(message, MESSAGE_EXPIRED, by=_CARRIER, at=at, name=message.name, key=message.key)
    return True


def _journal(
    message: FlowMessage, kind: EntryKind, *, by: Actor, at: datetime, **facts: Any
) -> None:
    if message.from_case:
        journal.append_all([entry_of(kind, message.from_case, by=by, at=at, **facts)])
        return
    journal.append(actor=by, kind=kind, subject=f"message:{message.pk}", at=at, facts=facts)


def _postpone(pk: int, number: str, refusal: Refusal, *, at: datetime) -> None:
    if _try_later(pk, at=at) == 0:
        note_stopped(number, refusal, cause="message", at=at)


def _try_later(pk: int, *, at: datetime) -> int:
    """Put a message off; returns how often it had been before."""
    attempts = FlowMessage.objects.values_list("attempts", flat=True).get(pk=pk)
    try_at = next_attempt_at(attempts=attempts, at=at)
    FlowMessage.objects.filter(pk=pk).update(attempts=attempts + 1, try_at=try_at)
    return attempts
