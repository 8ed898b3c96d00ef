"""The cases that a flow's call activities open: members of a bundle, and flows called by name."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db.models import Min

from shuzheng.infrastructure.access.rules import Actor
from shuzheng.support.cases.models import Case
from shuzheng.support.cases.operations.record import periods
from shuzheng.support.cases.operations.record.halting import halt
from shuzheng.support.cases.operations.record.notes import note
from shuzheng.support.cases.operations.record.numbers import receipt_code
from shuzheng.support.cases.rules import MEMBER_OPENED
from shuzheng.support.cases.rules.flow_entries import CANCELLED
from shuzheng.support.cases.rules.flow_refusals import CalledFlowUnknown
from shuzheng.support.cases.rules.states import ENDS, State
from shuzheng.support.matters.queries import get_matter
from shuzheng.support.matters.rules import Matter, MatterNotFound, Revision
from shuzheng.support.workflow import queries as flows
from shuzheng.support.workflow import rules as engine


def create_member(
    caller: Case, root: Case, effect: engine.StartChild, *, by: Actor, at: datetime
) -> Case:
    """Open the case of one matter of the bundle, or of a flow that is called by its key.

    A member's own clocks start now. Source: 浙江省保障“最多跑一次”改革规定 第五条第三款.

    Raises:
        CalledFlowUnknown: neither a matter nor a flow in force goes by that name.
    """
    try:
        revision = get_matter(effect.called, on=periods.today(at))
    except MatterNotFound:
        return _call_flow(caller, root, effect, at=at)
    matter = revision.matter
    assert matter is not None
    member = _create(caller, root, effect, at=at, **_of_matter(matter, revision))
    started_on = member_started_on(root, at)
    for kind, period in (
        ("statutory", matter.statutory_period),
        ("promise", matter.promised_period),
    ):
        if period:
            periods.start_clock(member, kind=kind, period=period, started_on=started_on)
    due = member.clocks.filter(stopped_at=None).aggregate(nearest=Min("due_on"))["nearest"]
    periods.hasten_visit(root, member, due)
    note(
        MEMBER_OPENED,
        member,
        by=by,
        at=at,
        department=member.department,
        due_on=due.isoformat() if due else "",
    )
    return member


def _of_matter(matter: Matter, revision: Revision) -> dict[str, Any]:
    return {
        "revision_id": revision.id,
        "flow_id": flows.get_flow(matter.flow).id,
        "matter": matter.key,
        "title": matter.title,
        "department": matter.department,
    }


def _call_flow(caller: Case, root: Case, effect: engine.StartChild, *, at: datetime) -> Case:
    """Open a case for a flow that belongs to no matter: it works within the caller's."""
    try:
        version = flows.get_flow(effect.called)
    except engine.FlowNotFound as refusal:
        raise CalledFlowUnknown(
            number=caller.number, element=effect.element, called=effect.called
        ) from refusal
    return _create(
        caller,
        root,
        effect,
        at=at,
        revision_id=caller.revision_id,
        flow_id=version.id,
        matter=caller.matter,
        title=version.title,
        department=caller.department,
    )


def _create(
    caller: Case, root: Case, effect: engine.StartChild, *, at: datetime, **of: Any
) -> Case:
    item = {} if effect.item is None else {"item": effect.item}
    return Case.objects.create(
        number=f"{root.number}-{matter_serial(root)}",
        root=root,
        parent=None if caller.pk == root.pk else caller,
        root_token=effect.token,
        area=root.area,
        state=State.ACCEPTED,
        applicant_person=root.applicant_person,
        applicant_masked=root.applicant_masked,
        variables={"matter": of["matter"], "visit": None, **_inherited(root, caller), **item},
        receipt_code=receipt_code(),
        created_at=at,
        submitted_at=root.submitted_at,
        accepted_at=at,
        **of,
    )


def member_started_on(root: Case, at: datetime) -> date:
    """Return the day that starts a member's clock: the acceptance, or the notice it waited for."""
    deemed = root.variables.get("accepted_on")
    opened_with_acceptance = root.accepted_at == at
    if deemed and opened_with_acceptance:
        return date.fromisoformat(deemed)
    return periods.today(at)


def matter_serial(root: Case) -> int:
    """Return the next serial of a member within its bundle; the root is locked."""
    return root.members.count() + 1


def _inherited(root: Case, caller: Case) -> dict[str, Any]:
    names = ("matters", "visit_matters", "answers", "visit")
    return {name: root.variables[name] for name in names if name in root.variables} | {
        name: value
        for name, value in caller.variables.items()
        if caller.pk != root.pk and name not in {"matter", "item"}
    }


def parent_of(case: Case, root: Case) -> Case:
    """Return the case whose flow called this one; the whole of it is locked by its root."""
    if case.parent_id is None:
        return root
    parent = Case.objects.select_for_update().get(pk=case.parent_id)
    parent.root = root
    return parent


def ended(member: Case, end: engine.Ended) -> engine.Event:
    """Return what a member's end tells the flow that called it."""
    if end.result == "error":
        return engine.WorkFailed(member.root_token, end.code)
    ruling = getattr(member, "ruling", None)
    result = {f"{member.matter}_is_granted": bool(ruling and ruling.is_granted)}
    return engine.ChildEnded(token=member.root_token, result=result)


def cancel(caller: Case, token: str, *, by: Actor, at: datetime) -> None:
    """End what a flow called and no longer needs; a ruling already made stands."""
    root = caller.root or caller
    own = {"parent": caller} if caller.root_id else {"root": caller, "parent": None}
    called = Case.objects.filter(**own, root_token=token)
    family = list(_open(_with_children(called)))
    for case in family:
        case.root = root
    halt(family, to=State.CANCELLED, why="流程不再需要该事项", by=by, at=at)
    for case in family:
        note(CANCELLED, case, by=by, at=at)


def _with_children(cases: Iterable[Case]) -> list[Case]:
    found = list(cases)
    for case in found:
        found += Case.objects.filter(parent=case)
    return found


def _open(cases: Iterable[Case]) -> Iterable[Case]:
    return (case for case in cases if State(case.state) not in {*ENDS, State.RULED})
