"""Lengthen a legal period: asked with reasons, approved by the post the law names, told."""

from datetime import datetime

from django.db import transaction

from shuzheng.infrastructure.access.rules import Actor, guard
from shuzheng.policy.periods import Period
from shuzheng.policy.refusals import gettext_noop
from shuzheng.support.cases.models import Case, Clock, Extension
from shuzheng.support.cases.operations.handling.recusal import own_case
from shuzheng.support.cases.operations.handling.side_tasks import (
    drop_side_tasks,
    finish_side_task,
    key_of,
    open_side_task,
)
from shuzheng.support.cases.operations.handling.tasks import lock_task
from shuzheng.support.cases.operations.record import notices, periods
from shuzheng.support.cases.operations.record.notes import note
from shuzheng.support.cases.operations.record.requests import request_service
from shuzheng.support.cases.rules import ReasonsMissing
from shuzheng.support.cases.rules.extensions import (
    ASK_EXTENSION,
    EXTEND_PERIOD,
    EXTENDED,
    EXTENSION_ASKED,
    EXTENSION_REFUSED,
    ApproverAsked,
    ExtensionNotLawful,
    require_extendable,
    require_not_over,
)
from shuzheng.support.cases.rules.states import State, require
from shuzheng.support.matters.queries import get_revision
from shuzheng.support.matters.rules import Extension as Provision

ELEMENT = "extension"


@transaction.atomic
def ask_extension(*, number: str, reasons: str, by: Actor, at: datetime) -> None:
    """Ask the post that may approve for the one extension the law allows this matter or bundle.

    Source: 行政许可法 第四十二条; 市场主体登记管理条例 第十九条.

    Raises:
        ExtensionNotLawful: the content names no extension with its clause.
        AlreadyExtended, ExtensionAlreadyAsked, PeriodAlreadyOver, ReasonsMissing.
    """
    guard(by, ASK_EXTENSION)
    _, case = own_case(number, by)
    require(
        number=number,
        state=case.state,
        allowed={State.ACCEPTED},
        action=gettext_noop("申请延长期限"),
    )
    provision, clock = provision_of(case), _clock(case)
    if provision is None or clock is None:
        raise ExtensionNotLawful(matter=case.title)
    if not reasons.strip():
        raise ReasonsMissing(field="reasons")
    require_extendable(
        number=number,
        due_on=clock.due_on,
        today=periods.today(at),
        is_suspended=periods.is_standing(case),
        earlier=case.extensions.values_list("state", flat=True),
    )
    _ask(case, clock, provision, reasons.strip(), by=by, at=at)


def _ask(
    case: Case, clock: Clock, provision: Provision, reasons: str, *, by: Actor, at: datetime
) -> None:
    row = Extension.objects.create(
        case=case,
        period=provision.period.model_dump(mode="json"),
        citation=provision.citation.model_dump(mode="json"),
        reasons=reasons,
        asked_by=by.post,
        asked_account=by.account,
        asked_at=at,
    )
    task = open_side_task(
        case,
        element=ELEMENT,
        key=row.pk,
        name="批准延长期限",
        duty=provision.duty,
        due_on=clock.due_on,
        by=by,
        at=at,
    )
    note(
        EXTENSION_ASKED,
        case,
        by=by,
        at=at,
        words=provision.period.words,
        reasons=reasons,
        due_on=clock.due_on.isoformat(),
        post=task.post,
        link=f"/desk/tasks/{task.pk}/",
    )


@transaction.atomic
def decide_extension(
    *, task_id: int, is_approved: bool, reasons: str, by: Actor, at: datetime
) -> None:
    """Approve or refuse a longer period; approved, the due date moves and the applicant is told.

    Raises:
        PeriodAlreadyOver: the last day has passed while the request waited.
        ApproverAsked: who asked would approve.
        ReasonsMissing: a refusal has reasons.
    """
    root, case, task = lock_task(task_id, by, permission=EXTEND_PERIOD, duty="extend")
    row = Extension.objects.select_for_update().get(pk=key_of(task))
    if row.asked_account == by.account:
        raise ApproverAsked
    if not is_approved and not reasons.strip():
        raise ReasonsMissing(field="reasons")
    clock = _clock(case)
    if clock is None:
        raise ExtensionNotLawful(matter=case.title)
    require_not_over(
        due_on=clock.due_on, today=periods.today(at), is_suspended=periods.is_standing(case)
    )
    row.state = "approved" if is_approved else "refused"
    row.decided_by, row.decided_name, row.decided_at = by.post, by.name, at
    row.decision = reasons.strip()
    row.save()
    finish_side_task(case, task, {"outcome": row.state}, by=by, at=at)
    if is_approved:
        _lengthen(root, case, clock, row, by=by, at=at)
    else:
        link = f"/desk/cases/{case.number}/"
        note(
            EXTENSION_REFUSED,
            case,
            by=by,
            at=at,
            reasons=row.decision,
            post=row.asked_by,
            link=link,
        )


def _lengthen(
    root: Case, case: Case, clock: Clock, row: Extension, *, by: Actor, at: datetime
) -> None:
    provision = provision_of(case)
    assert provision is not None
    words = Period.model_validate(row.period).words
    cause = f"延长{words}，{provision.citation.reference}"
    periods.recompute(case, cause=cause, by=by, at=at)
    clock.refresh_from_db()
    note(
        EXTENDED,
        case,
        by=by,
        at=at,
        words=words,
        reasons=row.reasons,
        approver=provision.approver,
        clause=provision.citation.reference,
        due_on=clock.due_on.isoformat(),
    )
    payload = notices.extension_notice(case, root, row, provision, due_on=clock.due_on, at=at)
    token = f"{ELEMENT}:{row.pk}"
    request_service(case, token, "documents.issue", payload, is_awaited=False, by=by, at=at)


def drop_extension(case: Case, *, at: datetime) -> None:
    """Forget a request that waits: the matter is decided or given up."""
    case.extensions.filter(state="asked").update(state="dropped", decided_at=at)
    drop_side_tasks(case, ELEMENT, at=at)


def provision_of(case: Case) -> Provision | None:
    """Return the extension that the law allows this matter or bundle, if any."""
    revision = get_revision(case.revision_id)
    value = revision.matter or revision.bundle
    return value.extension if value else None


def _clock(case: Case) -> Clock | None:
    return case.clocks.filter(kind="statutory", stopped_at__isnull=True).first()
