"""Read ``opinions/*.yaml`` and ``reminders/*.yaml``."""

from collections.abc import Iterator
from datetime import datetime

from shuzheng.infrastructure.access.rules import Actor
from shuzheng.infrastructure.content.rules import (
    ContentKind,
    Item,
    Library,
    Problem,
    register_kind,
)
from shuzheng.support.cases.models import OpinionTemplate, Reminder
from shuzheng.support.cases.rules.opinions import FACTS, OpinionText, unknown_facts
from shuzheng.support.cases.rules.reminding import ReminderRule


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


register_kind(
    ContentKind(
        name="opinion_template",
        folder="opinions",
        model=OpinionText,
        key=lambda value: str(value.key),
        check=check_opinion,
        apply=apply_opinions,
        remove=remove_opinions,
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
