"""What the flow lets an official choose from when a task is done."""

from dataclasses import dataclass

from shuzheng.support.cases.models import Task
from shuzheng.support.workflow.queries import get_flow_version


@dataclass(frozen=True, slots=True)
class Choice:
    """One outcome as the flow's conditions read it, and as people read it."""

    value: str
    label: str


def list_choices(task_id: int) -> tuple[Choice, ...]:
    """Return the outcomes drawn at a task's element; none where it is only done.

    They are drawn as ``shuzheng:outcomes="approve=同意;refuse=不同意"``.
    """
    found = Task.objects.filter(pk=task_id).values_list("case__flow", "element").first()
    if found is None:
        return ()
    version, element = found
    node = get_flow_version(version).flow.nodes.get(element)
    return read_choices(node.properties.get("outcomes", "")) if node else ()


def read_choices(drawn: str) -> tuple[Choice, ...]:
    """Return outcomes as they are drawn.

    >>> [each.label for each in read_choices("approve=同意; refuse")]
    ['同意', 'refuse']
    """
    pairs = (each.partition("=") for each in drawn.split(";") if each.strip())
    return tuple(Choice(value.strip(), label.strip() or value.strip()) for value, _, label in pairs)
