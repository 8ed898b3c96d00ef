"""Conditional acceptance: told once with a deadline, handed in, checked, or acceptance revoked."""

from datetime import date, datetime

from django.db import transaction

from shuzheng.infrastructure.access.rules import Actor, system
from shuzheng.policy.refusals import gettext_noop
from shuzheng.support.cases.models import Case, ToFollow
from shuzheng.support.cases.operations.applying.papers import keep_file
from shuzheng.support.cases.operations.file.materials import matters_asking, wanted_materials
from shuzheng.support.cases.operations.handling.side_tasks import finish_side_task, open_side_task
from shuzheng.support.cases.operations.handling.tasks import lock_task
from shuzheng.support.cases.operations.record import payloads, periods
from shuzheng.support.cases.operations.record.access import lock_case, lock_own_case
from shuzheng.support.cases.operations.record.halting import halt
from shuzheng.support.cases.operations.record.notes import note
from shuzheng.support.cases.operations.record.requests import request_service
from shuzheng.support.cases.operations.running.flow import change_variables, proceed
from shuzheng.support.cases.rules import (
    RECEIVE_CASE,
    MaterialMissing,
    ReasonsMissing,
    UnknownMaterial,
)
from shuzheng.support.cases.rules.following import (
    ACCEPTANCE_REVOKED,
    ACCEPTED_CONDITIONALLY,
    TO_FOLLOW_DELIVERED,
    TO_FOLLOW_MET,
    MaterialsToFollow,
    NothingDelivered,
    matters_concerned,
    require_deadline,
    require_deliverable,
)
from shuzheng.support.cases.rules.states import ENDS, State, require
from shuzheng.support.matters.queries import get_revision
from shuzheng.support.matters.rules import Material
from shuzheng.support.workflow import rules as engine

ELEMENT = "to_follow"


def tell_to_follow(case: Case, *, deadline_on: date | None, by: Actor, at: datetime) -> None:
    """Write down what is missing of what the guide lets follow, with its deadline; told once.

    Raises:
        ToFollowDeadlineMissing, DeadlineInPast, ToFollowDeadlineTooFar: something is missing.
    """
    missing = _missing(case)
    if not missing:
        return
    names = [each.name for each in missing]
    day = require_deadline(materials=names, deadline_on=deadline_on, today=periods.today(at))
    asking = matters_asking(case)
    ToFollow.objects.create(
        case=case,
        materials=[
            {"key": each.key, "name": each.name, "matters": asking.get(each.key, [])}
            for each in missing
        ],
        deadline_on=day,
        told_by=by.post,
        told_at=at,
    )
    materials = "、".join(names)
    note(
        ACCEPTED_CONDITIONALLY,
        case,
        by=by,
        at=at,
        materials=materials,
        deadline_on=day.isoformat(),
    )


def _missing(case: Case) -> list[Material]:
    given = set(case.attachments.filter(is_removed=False).values_list("material", flat=True))
    return [each for each in wanted_materials(case) if each.may_follow and each.key not in given]


@transaction.atomic
def attach_to_follow(
    *, number: str, material: str, content: bytes, filename: str, by: Actor, at: datetime
) -> str:
    """Attach a file to a material that was to follow; returns its SHA-256.

    Raises:
        NothingToFollow, ToFollowOver, UnknownMaterial.
    """
    case = lock_own_case(number, by)
    row = _deliverable(case, at=at)
    wanted = {each.key: each for each in wanted_materials(case)}
    if material not in wanted or material not in {each["key"] for each in row.materials}:
        raise UnknownMaterial(material=material)
    return keep_file(case, wanted[material], content=content, filename=filename, by=by, at=at)


@transaction.atomic
def deliver_to_follow(*, number: str, by: Actor, at: datetime) -> None:
    """Hand in what was to follow, all of it; the window checks it.

    Raises:
        MaterialMissing: something is still missing.
        NothingToFollow, ToFollowOver.
    """
    case = lock_own_case(number, by)
    row = _deliverable(case, at=at)
    given = set(case.attachments.filter(is_removed=False).values_list("material", flat=True))
    missing = [each["name"] for each in row.materials if each["key"] not in given]
    if missing:
        raise MaterialMissing(materials="、".join(missing))
    row.delivered_at = at
    row.save(update_fields=["delivered_at"])
    note(TO_FOLLOW_DELIVERED, case, by=by, at=at)
    _open_task(case, row, "核对容缺材料", by=by, at=at)


def _deliverable(case: Case, *, at: datetime) -> ToFollow:
    require(
        number=case.number,
        state=case.state,
        allowed={State.ACCEPTED},
        action=gettext_noop("补交材料"),
    )
    row = ToFollow.objects.select_for_update().filter(case=case, outcome="").first()
    require_deliverable(
        number=case.number,
        deadline_on=row.deadline_on if row else None,
        is_delivered=bool(row and row.delivered_at),
        today=periods.today(at),
    )
    assert row is not None
    return row


def _open_task(case: Case, row: ToFollow, name: str, *, by: Actor, at: datetime) -> None:
    bundle = get_revision(case.revision_id).bundle
    assert bundle is not None
    promise = case.clocks.filter(kind="promise").first()
    open_side_task(
        case,
        element=ELEMENT,
        key=row.pk,
        name=name,
        duty=bundle.receive_duty,
        due_on=promise.due_on if promise else None,
        by=by,
        at=at,
    )


def open_overdue_to_follow(*, at: datetime, limit: int = 100) -> int:
    """Ask the window to revoke acceptances whose materials did not come in time; returns how many.

    The revocation itself is a person's act with written reasons.
    """
    overdue = ToFollow.objects.filter(
        outcome="", delivered_at__isnull=True, deadline_on__lt=periods.today(at)
    ).filter(case__state=State.ACCEPTED)
    waiting = overdue.exclude(case__tasks__element=ELEMENT)
    numbers = list(waiting.order_by("pk").values_list("case__number", flat=True)[:limit])
    for number in numbers:
        _ask_to_revoke(number, at)
    return len(numbers)


@transaction.atomic
def _ask_to_revoke(number: str, at: datetime) -> None:
    _, case = lock_case(number)
    row = ToFollow.objects.select_for_update().get(case=case)
    if row.delivered_at is None and not case.tasks.filter(element=ELEMENT).exists():
        _open_task(case, row, "容缺材料逾期未补交", by=system("timers"), at=at)


@transaction.atomic
def settle_to_follow(*, task_id: int, is_met: bool, reasons: str, by: Actor, at: datetime) -> None:
    """Find what followed in order, or revoke the acceptance of the matters that rest on it.

    Source: 浙江省保障“最多跑一次”改革规定 第十一条第二款.

    Raises:
        NothingDelivered: what was never handed in cannot be in order.
        ReasonsMissing: a revocation has written reasons.
    """
    root, case, task = lock_task(task_id, by, permission=RECEIVE_CASE, duty="accept")
    row = ToFollow.objects.select_for_update().get(case=case)
    if is_met and row.delivered_at is None:
        raise NothingDelivered
    if not is_met and not reasons.strip():
        raise ReasonsMissing(field="reasons")
    row.outcome = "met" if is_met else "revoked"
    row.reasons, row.settled_by, row.settled_at = reasons.strip(), by.post, at
    row.save()
    finish_side_task(case, task, {"outcome": row.outcome}, by=by, at=at)
    if is_met:
        note(TO_FOLLOW_MET, case, by=by, at=at)
    else:
        _revoke(root, row, by=by, at=at)


def _revoke(root: Case, row: ToFollow, *, by: Actor, at: datetime) -> None:
    """End the matters whose acceptance rests on what did not come; the others go on."""
    chosen = root.variables.get("matters", ())
    decided = set(
        root.members.filter(state__in=[*ENDS, State.RULED]).values_list("matter", flat=True)
    )
    fallen = [key for key in matters_concerned(row.materials, chosen) if key not in decided]
    members = list(root.members.filter(matter__in=fallen).order_by("pk"))
    _tell(root, row, fallen, by=by, at=at)
    for member in members:
        member.root = root
    if set(chosen) <= {*fallen}:
        halt([*members, root], to=State.ACCEPTANCE_REVOKED, why="撤销受理", by=by, at=at)
        return
    halt(members, to=State.ACCEPTANCE_REVOKED, why="撤销受理", by=by, at=at)
    left = [key for key in chosen if key not in fallen]
    revoked = [*root.variables.get("revoked_matters", ()), *fallen]
    change_variables(root, root, {"matters": left, "revoked_matters": revoked}, by=by, at=at)
    for member in members:
        result = {f"{member.matter}_is_granted": False}
        proceed(root, root, engine.ChildEnded(member.root_token, result), by=by, at=at)


def _tell(root: Case, row: ToFollow, fallen: list[str], *, by: Actor, at: datetime) -> None:
    titles = payloads.titles_of(root, fallen)
    note(
        ACCEPTANCE_REVOKED,
        root,
        by=by,
        at=at,
        matters="、".join(titles),
        reason=row.reasons,
        post=by.post,
    )
    payload = payloads.acceptance_revocation(root, row, titles, at=at)
    token = f"acceptance_revocation:{row.pk}"
    request_service(root, token, "documents.issue", payload, is_awaited=False, by=by, at=at)


def require_nothing_to_follow(root: Case, case: Case) -> None:
    """Refuse to grant a matter while one of its materials is still to follow.

    Raises:
        MaterialsToFollow: one is.
    """
    row = ToFollow.objects.filter(case=root, outcome="").first()
    if row is None:
        return
    names = [each["name"] for each in row.materials if matters_concerned([each], [case.matter])]
    if names:
        raise MaterialsToFollow(materials="、".join(names))
