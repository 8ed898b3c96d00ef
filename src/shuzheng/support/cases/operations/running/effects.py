"""What the engine asks for, carried out: tasks, decisions, what the journal says of them."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db.models import Min

from shuzheng.infrastructure.access.rules import Actor
from shuzheng.infrastructure.journal.operations import NewEntry
from shuzheng.institutions.organisation import queries as organisation
from shuzheng.support.cases.models import Case, Task
from shuzheng.support.cases.operations.record import periods
from shuzheng.support.cases.operations.record.forms import decision_inputs
from shuzheng.support.cases.operations.record.notes import entry_of
from shuzheng.support.cases.rules import TASK_OPENED
from shuzheng.support.cases.rules.flow_refusals import PostMissing
from shuzheng.support.decisions import operations as decisions
from shuzheng.support.matters.queries import get_revision
from shuzheng.support.workflow import rules as engine


def tasks_of(case: Case, asked: Iterable[engine.OpenTask], *, at: datetime) -> list[Task]:
    """Return tasks for the applicant, or for the posts that have the duty in the case's area.

    Raises:
        PostMissing: nobody has the duty of one of them.
    """
    posts: dict[str, str] = {}
    return [_task(case, each, posts, at) for each in asked]


def _task(case: Case, asked: engine.OpenTask, posts: dict[str, str], at: datetime) -> Task:
    for_applicant = asked.properties.get("assignee") == "applicant"
    duty = duty_of(case, asked)
    if not for_applicant and duty not in posts:
        posts[duty] = post_for(case, duty)
        if not posts[duty]:
            raise PostMissing(duty=duty, number=case.number, task=asked.name or asked.element)
    return Task(
        case=case,
        token=asked.token,
        element=asked.element,
        name=asked.name or asked.element,
        duty=duty,
        post="" if for_applicant else posts[duty],
        for_applicant=for_applicant,
        due_on=_visit_by(case) if duty.startswith(periods.VISIT) else None,
        opened_at=at,
    )


def task_opened(case: Case, task: Task, *, by: Actor, at: datetime) -> NewEntry:
    """Return what the journal is to say of a task."""
    return entry_of(
        TASK_OPENED,
        case,
        by=by,
        at=at,
        task=task.name,
        post=task.post,
        due_on=task.due_on.isoformat() if task.due_on else "",
        link=f"/desk/tasks/{task.pk}/" if task.post else f"/my/cases/{case.number}/",
    )


def duty_of(case: Case, asked: engine.OpenTask) -> str:
    """Return the duty a task asks for; ``{matter}`` and ``{item}`` in it are filled in."""
    drawn = asked.properties.get("duty", "")
    item = "" if asked.item is None else str(asked.item)
    return drawn.replace("{matter}", case.matter).replace("{item}", item)


def post_for(case: Case, duty: str) -> str:
    """Return the post nearest to the case that has the duty; nobody's duty goes to supervision."""
    posts = organisation.list_posts_with_duty(duty, case.area)
    if posts:
        return posts[0].code
    root = case.root or case
    bundle = get_revision(root.revision_id).bundle
    fallback = organisation.list_posts_with_duty(bundle.supervise_duty, case.area) if bundle else ()
    return fallback[0].code if fallback else ""


def decide(
    case: Case, effect: engine.RunDecision, *, by: Actor, at: datetime
) -> tuple[Any, NewEntry]:
    """Run a decision over what the case knows and keep its run; the journal is to say it too."""
    run, made = decisions.decide_within(
        decision=effect.decision, inputs=decision_inputs(case), case=case.number, by=by, at=at
    )
    return run.value, made


def _visit_by(case: Case) -> date | None:
    """Return by when a joint visit is made: other tasks' limits are filled in as they are kept."""
    running = case.clocks.filter(stopped_at=None)
    return periods.visit_due_on(case, running.aggregate(nearest=Min("due_on"))["nearest"])
