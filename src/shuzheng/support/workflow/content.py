"""Flows as content: a YAML item and the BPMN drawing beside it."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from pydantic import Field

from shuzheng.infrastructure.access.rules import Actor
from shuzheng.infrastructure.content.rules import (
    ContentKind,
    ContentModel,
    Item,
    Library,
    Problem,
    register_kind,
)
from shuzheng.support.workflow.operations import put_version, take_back
from shuzheng.support.workflow.queries import get_drawing, get_flow
from shuzheng.support.workflow.rules import FlowInvalid, FlowProblem, check_flow, read_flow
from shuzheng.support.workflow.rules.duties import KnownPost, check_duties


class FlowContent(ContentModel):
    """A flow.

    Attributes:
        drawing: BPMN file beside the YAML; ``<key>.bpmn`` if not said.
        process: id of the process in it, when it draws several.
        department: code of the department that owns the flow and may change it in the browser.
    """

    key: str = Field(pattern=r"^[a-z][a-z0-9_.-]+$", max_length=80)
    title: str = Field(min_length=1, max_length=120)
    drawing: str = Field(default="", pattern=r"^[^/\\]*$")
    process: str = ""
    department: str = ""


def drawing_of(value: FlowContent) -> str:
    """Return the name of the BPMN file of a flow."""
    return value.drawing or f"{value.key}.bpmn"


def _key(value: FlowContent) -> str:
    return value.key


def _companions(value: FlowContent) -> tuple[str, ...]:
    return (drawing_of(value),)


def _published(item: Item) -> Mapping[str, bytes]:
    """Return the drawing in force, as it was published in the browser."""
    return {drawing_of(item.value): get_drawing(get_flow(item.key).id)}


def _check(item: Item, library: Library) -> Iterable[Problem]:
    department = item.value.department
    if department and library.get("department", department) is None:
        yield item.problem("department", message=f"没有部门“{department}”")
    name = drawing_of(item.value)
    for problem in _faults(item, library):
        if problem.severity == "error":
            yield Problem(
                path=item.path.parent / name,
                line=problem.line,
                field=problem.element,
                message=f"{problem.message}({problem.code})",
                remedy=problem.remedy,
            )


def _faults(item: Item, library: Library) -> Iterator[FlowProblem]:
    """Yield what is wrong with a drawing; of people, a folder knows nothing."""
    xml, process = item.read(drawing_of(item.value)), item.value.process
    problems = check_flow(xml, process=process)
    yield from problems
    if any(each.severity == "error" for each in problems):
        return
    posts = [KnownPost(each.value.name, each.value.duties) for each in library.list("post")]
    under = (*library.list("matter"), *library.list("bundle"))
    matters = [each.key for each in under if each.value.flow == item.key]
    yield from check_duties(read_flow(xml, process=process), posts=posts, matters=matters)


def _apply(items: tuple[Item, ...], by: Actor, at: datetime) -> None:
    for item in items:
        put_version(
            key=item.value.key,
            title=item.value.title,
            xml=item.read(drawing_of(item.value)),
            process=item.value.process,
            department=item.value.department,
            by=by,
            at=at,
        )


def _remove(keys: tuple[str, ...], by: Actor, at: datetime) -> None:
    for key in keys:
        take_back(key=key, by=by, at=at)


def _texts(item: Item) -> Iterator[str]:
    """Yield what people read of a flow: its title, its steps and its ways."""
    yield item.value.title
    try:
        flow = read_flow(item.read(drawing_of(item.value)), process=item.value.process)
    except (FlowInvalid, OSError):
        return
    for node in flow.nodes.values():
        yield from (node.name, *(each.name for each in node.outgoing))


FLOWS = register_kind(
    ContentKind(
        name="flow",
        folder="flows",
        model=FlowContent,
        key=_key,
        after=("department",),
        companions=_companions,
        check=_check,
        apply=_apply,
        remove=_remove,
        texts=_texts,
        published=_published,
    )
)
