"""A person's word against the register's, and against a reading; both are answered with reasons."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from shuzheng.data.registers.models import Difference, Objection, RegisterRecord, RegisterValue
from shuzheng.data.registers.operations.reading import clear_text, is_own_record
from shuzheng.data.registers.queries import get_field, get_register
from shuzheng.data.registers.rules import (
    DECIDE_DISPUTES,
    DIFFERENCE_DECIDED,
    DIFFERENCE_REPORTED,
    OBJECTION_ANSWERED,
    OBJECTION_RAISED,
    READ,
    READ_RECORDS,
    AlreadyDecided,
    DifferenceUnchanged,
    NoSuchDifference,
    NoSuchObjection,
    NoSuchRecord,
    NotYourEntry,
    NotYourRecord,
    ReasonMissing,
    Register,
)
from shuzheng.infrastructure.access.rules import Actor, guard
from shuzheng.infrastructure.journal.operations import append
from shuzheng.infrastructure.journal.queries import list_reads_of_person
from shuzheng.infrastructure.keys.operations import decrypt, encrypt
from shuzheng.policy.refusals import gettext_noop

_CLAIM = "register.claim"


@transaction.atomic
def report_difference(
    *,
    register: str,
    reference: str,
    field: str,
    claimed: str,
    case: str,
    by: Actor,
    at: datetime,
) -> UUID:
    """Tell the data steward that a value is wrong; the case goes on with what the applicant says.

    Source: 浙江省保障“最多跑一次”改革规定(2018-11-30) 第七条第二款.

    Raises:
        NotYourRecord, PostLacksPermission: the record is not the actor's, nor theirs to handle.
        DifferenceUnchanged: the value claimed is the one registered.
    """
    definition = get_register(register)
    named = get_field(definition, field)
    _guard_reporting(definition, reference, by)
    record = RegisterRecord.objects.filter(register=register, reference=reference).first()
    if record is None:
        raise NoSuchRecord(register=definition.name)
    if claimed.strip() == _registered(record, field):
        raise DifferenceUnchanged(name=named.name, field=field)
    difference = Difference.objects.create(
        record=record,
        field=field,
        claimed_encrypted=encrypt(claimed.strip(), context=_CLAIM),
        case=case,
        person=by.person,
        reported_at=at,
    )
    _note_reported(difference, named.name, by=by, at=at)
    return difference.public_id


def _guard_reporting(definition: Register, reference: str, by: Actor) -> None:
    if by.kind == "official":
        guard(by, READ_RECORDS)
    elif by.kind != "system" and not is_own_record(definition, reference, person=by.person):
        raise NotYourRecord


def _note_reported(difference: Difference, name: str, *, by: Actor, at: datetime) -> None:
    record = difference.record
    append(
        actor=by,
        kind=DIFFERENCE_REPORTED,
        subject=f"register:{record.register}/{record.reference}",
        at=at,
        facts={
            "register": record.register,
            "field": difference.field,
            "name": name,
            "difference": str(difference.public_id),
        },
        case=difference.case,
        person=difference.person,
    )


@transaction.atomic
def read_difference(*, difference: UUID, by: Actor, at: datetime) -> tuple[str, str]:
    """Return what the register says and what the person says, for the data steward.

    The person sees that it was read, and why.

    Raises:
        PostLacksPermission, NoSuchDifference
    """
    guard(by, DECIDE_DISPUTES)
    row = Difference.objects.select_related("record").filter(public_id=difference).first()
    if row is None:
        raise NoSuchDifference
    append(
        actor=by,
        kind=READ,
        subject=f"register:{row.record.register}/{row.record.reference}",
        at=at,
        facts={
            "register": row.record.register,
            "fields": [row.field],
            "clear": [row.field],
            "department": by.department,
        },
        purpose=gettext_noop("处理数据异议"),
        case=row.case,
        person=row.person,
    )
    return _registered(row.record, row.field), decrypt(row.claimed_encrypted, context=_CLAIM)


@transaction.atomic
def decide_difference(
    *, difference: UUID, is_upheld: bool, reason: str, by: Actor, at: datetime
) -> None:
    """Answer a dispute; an upheld one goes back to the source department, which corrects its feed.

    The register itself is not written: a value has one source.

    Raises:
        PostLacksPermission, NoSuchDifference, AlreadyDecided, ReasonMissing
    """
    guard(by, DECIDE_DISPUTES)
    if not reason.strip():
        raise ReasonMissing(field="reason")
    rows = Difference.objects.select_for_update(of=("self",)).select_related("record")
    row = rows.filter(public_id=difference).first()
    if row is None:
        raise NoSuchDifference
    if row.decided_at is not None:
        raise AlreadyDecided(on=row.decided_at.date().isoformat())
    row.state = Difference.State.UPHELD if is_upheld else Difference.State.DISMISSED
    row.reason, row.decided_at = reason.strip(), at
    row.save(update_fields=["state", "reason", "decided_at"])
    _tell_decided(row, by=by, at=at)


@transaction.atomic
def raise_objection(*, entry: UUID, text: str, by: Actor, at: datetime) -> UUID:
    """Object to one reading of one's own data; raising it again returns the first.

    Source: 个人信息保护法(2021-08-20) 第四十四条、第五十条.

    Raises:
        ReasonMissing: the objection says nothing.
        NotYourEntry: the reading was not of this person's data.
    """
    if not text.strip():
        raise ReasonMissing(field="text")
    if not by.person or entry not in {each.id for each in list_reads_of_person(by.person)}:
        raise NotYourEntry
    objection, is_new = Objection.objects.get_or_create(
        person=by.person, entry=entry, defaults={"text": text.strip(), "raised_at": at}
    )
    if is_new:
        append(
            actor=by,
            kind=OBJECTION_RAISED,
            subject=f"objection:{objection.public_id}",
            at=at,
            facts={"objection": str(objection.public_id), "entry": str(entry)},
            person=by.person,
        )
    return objection.public_id


@transaction.atomic
def answer_objection(*, objection: UUID, answer: str, by: Actor, at: datetime) -> None:
    """Answer an objection with reasons; the person is told.

    Raises:
        PostLacksPermission, ReasonMissing, NoSuchObjection, AlreadyDecided
    """
    guard(by, DECIDE_DISPUTES)
    if not answer.strip():
        raise ReasonMissing(field="answer")
    row = Objection.objects.select_for_update().filter(public_id=objection).first()
    if row is None:
        raise NoSuchObjection
    if row.answered_at is not None:
        raise AlreadyDecided(on=row.answered_at.date().isoformat())
    row.answer, row.answered_at = answer.strip(), at
    row.save(update_fields=["answer", "answered_at"])
    append(
        actor=by,
        kind=OBJECTION_ANSWERED,
        subject=f"objection:{row.public_id}",
        at=at,
        facts={"objection": str(row.public_id), "answer": row.answer, "person": row.person},
        person=row.person,
    )


def _registered(record: RegisterRecord, field: str) -> str:
    row = RegisterValue.objects.filter(record=record, field=field, ended_at__isnull=True).first()
    return clear_text(row) if row else ""


def _tell_decided(row: Difference, *, by: Actor, at: datetime) -> None:
    append(
        actor=by,
        kind=DIFFERENCE_DECIDED,
        subject=f"register:{row.record.register}/{row.record.reference}",
        at=at,
        facts={
            "register": row.record.register,
            "field": row.field,
            "name": get_field(get_register(row.record.register), row.field).name,
            "difference": str(row.public_id),
            "outcome": row.State(row.state).label,
            "reason": row.reason,
            "person": row.person,
        },
        case=row.case,
        person=row.person,
    )
