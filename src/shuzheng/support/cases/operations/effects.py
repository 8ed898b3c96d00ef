"""What the engine asks for, written into tables: tasks, timers, decisions, members."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from shuzheng.infrastructure.access.rules import Actor
from shuzheng.institutions.calendar.queries import get_calendar
from shuzheng.institutions.organisation import queries as organisation
from shuzheng.support.cases.models import Case, Clock, Task, Timer
from shuzheng.support.cases.operations import periods
from shuzheng.support.cases.operations.forms import read_form
from shuzheng.support.cases.operations.notes import note
from shuzheng.support.cases.operations.numbers import receipt_code
from shuzheng.support.cases.rules import MEMBER_OPENED, TASK_OPENED, fire_at
from shuzheng.support.cases.rules.states import State
from shuzheng.support.decisions import operations as decisions
from shuzheng.support.matters.queries import get_matter, get_revision
from shuzheng.support.workflow import queries as flows
from shuzheng.support.workflow import rules as engine


def write_down(case: Case, effect: engine.Effect, *, by: Actor, at: datetime) -> bool:
    """Write what needs no answer: tasks and timers; says whether the effect was one of them."""
    match effect:
        case engine.OpenTask():
            open_task(case, effect, by=by, at=at)
        case engine.CloseTask(token=token):
            close_task(case, token, at=at)
        case engine.SetTimer():
            set_timer(case, effect, at=at)
        case engine.CancelTimer(token=token):
            case.timers.filter(token=token, state="set").update(state="cancelled")
        case _:
            return False
    return True


def open_task(case: Case, effect: engine.OpenTask, *, by: Actor, at: datetime) -> None:
    """Give a task to the applicant, or to the post that has the duty in the case's area."""
    for_applicant = effect.properties.get("assignee") == "applicant"
    duty = effect.properties.get("duty", "").format(matter=case.matter)
    task = Task.objects.create(
        case=case,
        token=effect.token,
        element=effect.element,
        name=effect.name,
        duty=duty,
        post="" if for_applicant else post_for(case, duty),
        for_applicant=for_applicant,
        due_on=_due_on(case),
        opened_at=at,
    )
    note(
        TASK_OPENED,
        case,
        by=by,
        at=at,
        task=task.name,
        post=task.post,
        due_on=task.due_on.isoformat() if task.due_on else "",
        link=f"/desk/tasks/{task.pk}/" if task.post else f"/my/cases/{case.number}/",
    )


def post_for(case: Case, duty: str) -> str:
    """Return the post nearest to the case that has the duty; nobody's duty goes to supervision."""
    posts = organisation.list_posts_with_duty(duty, case.area)
    if posts:
        return posts[0].code
    root = case.root or case
    bundle = get_revision(root.revision_id).bundle
    fallback = organisation.list_posts_with_duty(bundle.supervise_duty, case.area) if bundle else ()
    return fallback[0].code if fallback else ""


def close_task(case: Case, token: str, *, at: datetime) -> None:
    """The flow has left the task behind: nobody needs to do it any more."""
    case.tasks.filter(token=token, state="open").update(state="cancelled", done_at=at)


def set_timer(case: Case, effect: engine.SetTimer, *, at: datetime) -> None:
    """Note the moment at which the flow goes on by itself."""
    moment = fire_at(kind=effect.kind, value=effect.value, now=at)
    Timer.objects.create(case=case, token=effect.token, fire_at=moment)


def decide(case: Case, effect: engine.RunDecision, *, by: Actor, at: datetime) -> Any:
    """Run a decision over what the case knows, and keep its run with the case."""
    run = decisions.decide(
        decision=effect.decision, inputs=decision_inputs(case), case=case.number, by=by, at=at
    )
    return run.value


def decision_inputs(case: Case) -> Mapping[str, Any]:
    """Return what decisions may read: answers and form values of the bundle, by name."""
    form = read_form(case.root or case)
    return {
        **form.values,
        **form.answers,
        "matters": (case.root or case).variables.get("matters", []),
    }


def create_member(root: Case, effect: engine.StartChild, *, by: Actor, at: datetime) -> Case:
    """Open the case of one matter of the bundle; its own clocks start now.

    Source: 浙江省保障“最多跑一次”改革规定 第五条第三款.
    """
    revision = get_matter(effect.called, on=periods.today(at))
    matter = revision.matter
    assert matter is not None
    member = Case.objects.create(
        number=f"{root.number}-{matter_serial(root)}",
        root=root,
        root_token=effect.token,
        revision_id=revision.id,
        flow_id=flows.get_flow(matter.flow).id,
        matter=matter.key,
        title=matter.title,
        department=matter.department,
        area=root.area,
        state=State.ACCEPTED,
        applicant_person=root.applicant_person,
        applicant_masked=root.applicant_masked,
        variables={"matter": matter.key, "visit": None, **_inherited(root)},
        receipt_code=receipt_code(),
        created_at=at,
        submitted_at=root.submitted_at,
        accepted_at=at,
    )
    started_on = member_started_on(root, at)
    for kind, period in (
        ("statutory", matter.statutory_period),
        ("promise", matter.promised_period),
    ):
        if period:
            periods.start_clock(member, kind=kind, period=period, started_on=started_on)
    due = _due_on(member)
    note(
        MEMBER_OPENED,
        member,
        by=by,
        at=at,
        department=member.department,
        due_on=due.isoformat() if due else "",
    )
    return member


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


def _inherited(root: Case) -> dict[str, Any]:
    names = ("matters", "visit_matters", "answers", "visit")
    return {name: root.variables[name] for name in names if name in root.variables}


def _due_on(case: Case) -> date | None:
    """Return the nearest running limit: promises come before the law's own."""
    running = Clock.objects.filter(case=case, stopped_at__isnull=True)
    return running.order_by("due_on").values_list("due_on", flat=True).first()


def is_working_day(day: date) -> bool:
    """Say whether offices work on that day."""
    return get_calendar().is_working_day(day)
