"""What the engine asks for, carried out: tasks, decisions, what the journal says of them."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import connection

from shuzheng.infrastructure.access.rules import Actor
from shuzheng.infrastructure.journal.operations import NewEntry, append_all
from shuzheng.institutions.organisation import queries as organisation
from shuzheng.support.cases.models import Case, Task
from shuzheng.support.cases.operations.record import periods
from shuzheng.support.cases.operations.record.forms import decision_inputs
from shuzheng.support.cases.operations.record.notes import entry_of
from shuzheng.support.cases.operations.record.rows import insert
from shuzheng.support.cases.rules import TASK_OPENED
from shuzheng.support.cases.rules.flow_refusals import PostMissing
from shuzheng.support.decisions import operations as decisions
from shuzheng.support.matters.queries import get_revision
from shuzheng.support.workflow import rules as engine

_NEAREST = "SELECT min(due_on) FROM cases_clock WHERE case_id = %s AND stopped_at IS NULL"


def open_tasks(
    case: Case, asked: Sequence[engine.OpenTask], *, by: Actor, at: datetime
) -> list[NewEntry]:
    """Give tasks to the applicant, or to the posts that have the duty in the case's area.

    Returns:
        What the journal is to say of them.

    Raises:
        PostMissing: nobody has the duty of one of them; none is opened.
    """
    if not asked:
        return []
    due_on = due_on_of(case)
    visit_by = periods.visit_due_on(case, due_on) if any(map(_is_visit, asked)) else due_on
    posts: dict[str, str] = {}
    tasks = [
        _task(case, each, posts, visit_by if _is_visit(each) else due_on, at) for each in asked
    ]
    insert(tasks)
    return [_opened(case, task, by=by, at=at) for task in tasks]


def _task(
    case: Case, asked: engine.OpenTask, posts: dict[str, str], due_on: date | None, at: datetime
) -> Task:
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
        due_on=due_on,
        opened_at=at,
    )


def _opened(case: Case, task: Task, *, by: Actor, at: datetime) -> NewEntry:
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


def decide(case: Case, effect: engine.RunDecision, *, by: Actor, at: datetime) -> Any:
    """Run a decision over what the case knows, and keep its run with the case."""
    run = decisions.decide(
        decision=effect.decision, inputs=decision_inputs(case), case=case.number, by=by, at=at
    )
    return run.value


def _is_visit(asked: engine.OpenTask) -> bool:
    return asked.properties.get("duty", "").startswith(periods.VISIT)


def due_on_of(case: Case) -> date | None:
    """Return the nearest running limit: promises come before the law's own."""
    with connection.cursor() as cursor:
        cursor.execute(_NEAREST, [case.pk])
        nearest: date | None = cursor.fetchone()[0]
    return nearest


def write_notes(notes: Sequence[NewEntry]) -> None:
    """Append what was gathered to the journal."""
    append_all(notes)
