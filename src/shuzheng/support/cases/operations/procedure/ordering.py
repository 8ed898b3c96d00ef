"""A hearing that the organ itself orders: for a law that says so, or in the public interest."""

from datetime import datetime

from django.db import transaction

from shuzheng.infrastructure.access.rules import Actor, guard
from shuzheng.institutions.organisation.queries import get_department
from shuzheng.policy.citations import Citation
from shuzheng.support.cases.models import Case, Hearing, HearingOrder
from shuzheng.support.cases.operations.handling.recusal import own_case
from shuzheng.support.cases.operations.handling.side_tasks import (
    finish_side_task,
    key_of,
    open_side_task,
)
from shuzheng.support.cases.operations.handling.tasks import lock_task
from shuzheng.support.cases.operations.procedure.announcing import private_words
from shuzheng.support.cases.operations.procedure.hearings import (
    ACTION,
    call_hearing,
    hearing_provision,
)
from shuzheng.support.cases.operations.record import periods
from shuzheng.support.cases.operations.record.notes import note
from shuzheng.support.cases.rules import REVIEW_CASE, RULE_CASE, ReasonsMissing
from shuzheng.support.cases.rules.public_hearings import (
    GROUNDS,
    HEARING_ORDER_ASKED,
    HEARING_ORDER_REFUSED,
    HEARING_ORDERED,
    PUBLIC_INTEREST,
    REQUIRED,
    HearingAlreadyCalled,
    NoOwnMotion,
    OwnApproval,
    require_nameless,
    require_order,
)
from shuzheng.support.cases.rules.states import State, require
from shuzheng.support.matters.rules import OwnMotion

ELEMENT = "hearing_order"


@transaction.atomic
def order_hearing(
    *, number: str, ground: str, subject: str, reasons: str, by: Actor, at: datetime
) -> None:
    """Order a hearing on the department's own motion; that it is needed, its head may have to say.

    Args:
        ground: ``required`` where a law has the matter heard, else ``public_interest``.
        subject: what is heard, in words the public reads.

    Source: 行政许可法 第四十六条.

    Raises:
        NoOwnMotion: the matter's content names no such hearing.
        HearingAlreadyCalled: one is to be held, or waits for approval.
        OrderIncomplete, SaysWhoApplied.
    """
    guard(by, REVIEW_CASE)
    root, case = own_case(number, by)
    own = _own_motion(case)
    require_order(
        matter=case.title, grounds=_grounds(own), ground=ground, subject=subject, reasons=reasons
    )
    require_nameless({"subject": subject}, private=private_words(root))
    _require_uncalled(case)
    order = HearingOrder(
        case=case,
        ground=ground,
        subject=subject.strip(),
        reasons=reasons.strip(),
        asked_by=by.post,
        asked_account=by.account,
        asked_at=at,
    )
    _keep(order, own)
    if order.state == "asked":
        _ask_approval(case, order, own.duty, by=by, at=at)
    else:
        _carry_out(root, case, order, by=by, at=at)


def _own_motion(case: Case) -> OwnMotion:
    """Return what the matter's content says of hearings that the organ orders."""
    require(number=case.number, state=case.state, allowed={State.ACCEPTED}, action=ACTION)
    own = hearing_provision(case).own_motion
    if own is None:
        raise NoOwnMotion(matter=case.title)
    return own


def _keep(order: HearingOrder, own: OwnMotion) -> None:
    """Keep an order with its clause; what the public interest asks for may wait for approval."""
    is_required = order.ground == REQUIRED
    citation = (own.required_by or own.citation) if is_required else own.citation
    order.citation = citation.model_dump(mode="json")
    order.state = "asked" if own.duty and not is_required else "approved"
    order.save()


def _grounds(own: OwnMotion) -> tuple[str, ...]:
    return (REQUIRED,) if own.required_by else (PUBLIC_INTEREST,)


def _require_uncalled(case: Case) -> None:
    is_ordered = HearingOrder.objects.filter(case=case, state__in=["asked", "approved"]).exists()
    if is_ordered or Hearing.objects.filter(case=case, asked_on__isnull=False).exists():
        raise HearingAlreadyCalled(number=case.number)


def _ask_approval(case: Case, order: HearingOrder, duty: str, *, by: Actor, at: datetime) -> None:
    task = open_side_task(
        case,
        element=ELEMENT,
        key=order.pk,
        name="批准依职权听证",
        duty=duty,
        due_on=None,
        by=by,
        at=at,
    )
    link = f"/desk/tasks/{task.pk}/"
    note(HEARING_ORDER_ASKED, case, by=by, at=at, post=task.post, **_facts(order), link=link)


def _facts(order: HearingOrder) -> dict[str, str]:
    clause = Citation.model_validate(order.citation).reference
    return {"subject": order.subject, "reasons": order.reasons, "clause": clause}


@transaction.atomic
def decide_hearing_order(
    *, task_id: int, is_approved: bool, reasons: str, by: Actor, at: datetime
) -> None:
    """Say for the organ whether a hearing in the public interest is needed.

    Raises:
        OwnApproval: who asked for it would approve.
        ReasonsMissing: a refusal has reasons.
    """
    root, case, task = lock_task(task_id, by, permission=RULE_CASE, duty="hear")
    order = HearingOrder.objects.select_for_update().get(pk=key_of(task))
    if order.asked_account == by.account:
        raise OwnApproval
    if not is_approved and not reasons.strip():
        raise ReasonsMissing(field="reasons")
    order.state = "approved" if is_approved else "refused"
    order.decided_by, order.decided_name, order.decided_at = by.post, by.name, at
    order.decision = reasons.strip()
    order.save()
    finish_side_task(case, task, {"outcome": order.state}, by=by, at=at)
    if is_approved:
        _carry_out(root, case, order, by=by, at=at)
        return
    link, post = f"/desk/cases/{case.number}/", order.asked_by
    note(HEARING_ORDER_REFUSED, case, by=by, at=at, reasons=order.decision, post=post, link=link)


def _carry_out(root: Case, case: Case, order: HearingOrder, *, by: Actor, at: datetime) -> None:
    """Let one hearing serve everybody, also those who were told that they may ask for one."""
    called = {
        "ground": order.ground,
        "subject": order.subject,
        "reasons": order.reasons,
        "citation": order.citation,
        "asked_by": get_department(case.department).name,
        "asked_on": periods.today(at),
    }
    told = {**called, "told_by": order.asked_by, "told_at": at}
    row, _ = Hearing.objects.update_or_create(case=case, defaults=called, create_defaults=told)
    note(HEARING_ORDERED, case, by=by, at=at, **_facts(order))
    reason = f"依职权听证：{GROUNDS[order.ground]}"
    call_hearing(root, case, row, reason=reason, by=by, at=at)
