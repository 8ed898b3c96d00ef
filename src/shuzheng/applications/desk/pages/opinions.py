"""Texts offered at the forms of opinions and rulings; what is sent is what was edited."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from shuzheng.applications.desk.pages.frame import today
from shuzheng.institutions.organisation.queries import get_department
from shuzheng.support.cases.queries import Progress, TaskRow
from shuzheng.support.cases.queries.opinions import list_opinion_texts


@dataclass(frozen=True, slots=True)
class OfferedText:
    """A text with its facts filled in."""

    key: str
    name: str
    outcome: str
    text: str


def offered_texts(task: TaskRow, progress: Progress, root: Progress) -> Iterator[OfferedText]:
    """Yield the texts that fit a task, filled in with what is known of its case."""
    work, _, matter = task.duty.partition(":")
    department = progress.case.department
    found = list_opinion_texts(work=work, department=department, matter=matter)
    facts = _facts(task, progress, root) if found else {}
    for each in found:
        yield OfferedText(each.key, each.name, each.outcome, each.filled(facts))


def _facts(task: TaskRow, progress: Progress, root: Progress) -> dict[str, str]:
    visited = root.variables.get("visit_matters") or ()
    is_visited = bool(root.visit) and progress.variables.get("matter") in visited
    visited_on = root.visit["visited_on"].isoformat() if root.visit and is_visited else ""
    return {
        "number": task.number,
        "matter": task.title,
        "department": get_department(progress.case.department).name,
        "today": today().isoformat(),
        "due_on": task.due_on.isoformat() if task.due_on else "",
        "visited_on": visited_on,
    }


def picked_text(key: str, texts: Iterable[OfferedText]) -> Mapping[str, str]:
    """Return what the forms begin with when a text was chosen, as if it had been typed."""
    for each in texts:
        if each.key == key:
            return {
                "advice": each.outcome,
                "opinion": each.text,
                "ruling": each.outcome,
                "reasons": each.text,
            }
    return {}
