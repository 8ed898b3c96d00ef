"""Read ``opinions/*.yaml`` and ``reminders/*.yaml``; check the flows that begin by themselves."""

from collections.abc import Iterator
from datetime import datetime

from shuzheng.infrastructure.access.rules import Actor
from shuzheng.infrastructure.content.rules import (
    ContentKind,
    Item,
    Library,
    Problem,
    register_check,
    register_kind,
)
from shuzheng.infrastructure.journal.rules import get_entry_kind
from shuzheng.support.cases.models import OpinionTemplate, Reminder
from shuzheng.support.cases.rules.opinions import FACTS, OpinionText, unknown_facts
from shuzheng.support.cases.rules.reminding import ReminderRule
from shuzheng.support.cases.rules.start_checks import Use, messages_begun_by_several, problems_of
from shuzheng.support.matters.rules import Matter
from shuzheng.support.workflow.rules import Flow, FlowInvalid, FlowProblem, read_flow


def check_opinion(item: Item, library: Library) -> Iterator[Problem]:
    """Say what the schema cannot: facts there are not, departments and matters nobody has."""
    value: OpinionText = item.value
    try:
        strange = unknown_facts(value.text)
    except ValueError:
        yield item.problem("text", message="花括号不成对", remedy="把多余的花括号去掉。")
        return
    for name in strange:
        yield item.problem(
            "text", message=f"没有内容“{name}”", remedy=f"可用：{'、'.join(FACTS)}。"
        )
    for field, kind, keys in (
        ("departments", "department", value.departments),
        ("matters", "matter", value.matters),
    ):
        for key in keys:
            if library.get(kind, key) is None:
                yield item.problem(field, message=f"没有 {kind} “{key}”")


def apply_opinions(items: tuple[Item, ...], _by: Actor, _at: datetime) -> None:
    """Write new and changed texts."""
    for item in items:
        definition = item.value.model_dump(mode="json")
        OpinionTemplate.objects.update_or_create(key=item.key, defaults={"definition": definition})


def remove_opinions(keys: tuple[str, ...], _by: Actor, _at: datetime) -> None:
    """Take away texts that the folder no longer has."""
    OpinionTemplate.objects.filter(key__in=keys).delete()


def apply_reminders(items: tuple[Item, ...], _by: Actor, _at: datetime) -> None:
    """Write when holders are reminded."""
    for item in items:
        definition = item.value.model_dump(mode="json")
        Reminder.objects.update_or_create(key=item.key, defaults={"definition": definition})


def remove_reminders(keys: tuple[str, ...], _by: Actor, _at: datetime) -> None:
    """Remind nobody by these rules any more."""
    Reminder.objects.filter(key__in=keys).delete()


def check_starts(library: Library) -> Iterator[Problem]:
    """Say which flows cannot begin by themselves as they are drawn, and which matters not."""
    flows = {item.key: flow for item in library.list("flow") if (flow := _flow_of(item))}
    matters = library.list("matter")
    begun: dict[str, Flow] = {}
    for key, flow in flows.items():
        users = [each for each in (*matters, *library.list("bundle")) if each.value.flow == key]
        begun |= {each.key: flow for each in users if not _use(each).is_offered}
        for problem in problems_of(flow, map(_use, users)):
            yield _of_drawing(library.get("flow", key), problem)
    unoffered = {each.key: each for each in matters if not each.value.offered}
    for key, problem in messages_begun_by_several(begun):
        yield _of_drawing(library.get("flow", unoffered[key].value.flow), problem)
    for item in unoffered.values():
        yield from _check_unoffered(item, library)


def _flow_of(item: Item) -> Flow | None:
    """Return the flow, nothing if its drawing is unsound: that is said elsewhere."""
    try:
        return read_flow(item.read(_drawing(item)), process=item.value.process)
    except (FlowInvalid, OSError):
        return None


def _drawing(item: Item) -> str:
    return item.value.drawing or f"{item.key}.bpmn"


def _use(item: Item) -> Use:
    value = item.value
    if not isinstance(value, Matter):
        return Use(item.key, value.title, is_offered=True, has_entries=False)
    return Use(item.key, value.title, value.offered, bool(value.opened_by))


def _of_drawing(item: Item | None, problem: FlowProblem) -> Problem:
    assert item is not None
    return Problem(
        path=item.path.parent / _drawing(item),
        line=problem.line,
        field=problem.element,
        message=f"{problem.message}({problem.code})",
        remedy=problem.remedy,
    )


OF_APPLICATIONS = (
    *("materials", "special_procedures", "extension", "commitment", "hearing", "results"),
    *("conditions", "steps"),
)
"""Elements of a matter that mean somebody who applies."""


def _check_unoffered(item: Item, library: Library) -> Iterator[Problem]:
    matter: Matter = item.value
    for name in OF_APPLICATIONS:
        if getattr(matter, name):
            message = "不由人申请的事项没有这一项(matter-without-applicant)"
            yield item.problem(name, message=message, remedy="请删去，或改为由人申请。")
    for bundle in library.list("bundle"):
        if any(each.matter == item.key for each in bundle.value.members):
            message = f"一件事“{bundle.value.title}”包含不由人申请的事项(member-without-applicant)"
            yield item.problem("offered", message=message, remedy="请从一件事中去掉它。")
    for index, opening in enumerate(matter.opened_by):
        kind = get_entry_kind(opening.entry)
        if kind is None:
            message = f"没有日志事件“{opening.entry}”(entry-unknown)"
            yield item.problem("opened_by", index, "entry", message=message, remedy="请核对名称。")
            continue
        known = kind.facts or tuple(each.fact for each in opening.facts)
        for fact in (each.fact for each in opening.facts if each.fact not in known):
            message = f"日志事件“{kind.name}”没有内容“{fact}”(fact-unknown)"
            remedy = f"可用：{'、'.join(known)}。"
            yield item.problem("opened_by", index, "facts", message=message, remedy=remedy)


register_check("starts", check_starts)
register_kind(
    ContentKind(
        name="opinion_template",
        folder="opinions",
        model=OpinionText,
        key=lambda value: str(value.key),
        check=check_opinion,
        apply=apply_opinions,
        remove=remove_opinions,
        texts=lambda item: (item.value.name,),
        after=("department", "matter"),
    )
)
register_kind(
    ContentKind(
        name="reminder",
        folder="reminders",
        model=ReminderRule,
        key=lambda value: str(value.key),
        apply=apply_reminders,
        remove=remove_reminders,
    )
)
