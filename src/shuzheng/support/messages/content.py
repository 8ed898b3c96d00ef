"""The city's message templates."""

from collections.abc import Iterable
from datetime import datetime

from shuzheng.infrastructure.access.rules import Actor
from shuzheng.infrastructure.content.rules import (
    ContentKind,
    Item,
    Library,
    Problem,
    register_kind,
)
from shuzheng.infrastructure.journal.rules import get_entry_kind
from shuzheng.support.messages.models import TemplateDefinition
from shuzheng.support.messages.rules import (
    APPLICANT,
    FOLLOWED_KINDS,
    MessageTemplate,
    names_in,
    sentences_of,
)

_ALWAYS_KNOWN = {"number", "case"}


def check(item: Item, library: Library) -> Iterable[Problem]:
    """Say what the schema cannot: unknown kinds, facts the entry does not have, unknown posts."""
    template: MessageTemplate = item.value
    if template.on not in FOLLOWED_KINDS:
        yield item.problem("on", message=f"不能就“{template.on}”发消息")
        return
    for field in ("title", "body", "link"):
        yield from _check_facts(item, field)
    yield from _check_recipient(item, library)


def _check_facts(item: Item, field: str) -> Iterable[Problem]:
    kind = get_entry_kind(item.value.on)
    if kind is None or not kind.facts:
        return
    for name in names_in(getattr(item.value, field)):
        if name not in {*kind.facts, *_ALWAYS_KNOWN}:
            yield item.problem(
                field,
                message=f"“{item.value.on}”没有内容“{name}”",
                remedy=f"可用：{'、'.join(kind.facts)}。",
            )


def _check_recipient(item: Item, library: Library) -> Iterable[Problem]:
    to = item.value.to
    kind, _, name = to.partition(":")
    if to == APPLICANT or (kind == "fact" and name):
        return
    if kind != "post" or not name:
        yield item.problem("to", message="收件人应是 applicant、post:岗位 或 fact:名称")
    elif library.get("post", name) is None:
        yield item.problem("to", message=f"没有岗位“{name}”")


def apply(items: tuple[Item, ...], _by: Actor, _at: datetime) -> None:
    """Write new and changed templates."""
    for item in items:
        TemplateDefinition.objects.update_or_create(
            key=item.key,
            defaults={"on": item.value.on, "definition": item.value.model_dump(mode="json")},
        )


def remove(keys: tuple[str, ...], _by: Actor, _at: datetime) -> None:
    """Take away templates that the folder no longer has."""
    TemplateDefinition.objects.filter(key__in=keys).delete()


register_kind(
    ContentKind(
        name="message",
        folder="messages",
        model=MessageTemplate,
        key=lambda template: str(template.key),
        check=check,
        apply=apply,
        remove=remove,
        texts=lambda item: sentences_of(item.value),
    )
)
