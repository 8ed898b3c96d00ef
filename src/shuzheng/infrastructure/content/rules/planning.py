"""Compare a city's content with what is applied and with what was published in the browser."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Literal

from shuzheng.infrastructure.content.rules.editing import Applied, EditedItem, edited_items
from shuzheng.infrastructure.content.rules.kinds import ContentKind, Item, Library, Problem

Action = Literal["add", "change", "remove"]
ACTION_WORDS: dict[Action, str] = {"add": "新增", "change": "修改", "remove": "删除"}


@dataclass(frozen=True, slots=True)
class Change:
    """One item that applying would add, change or remove."""

    action: Action
    kind: str
    key: str
    item: Item | None = None

    def __str__(self) -> str:
        return f"{ACTION_WORDS[self.action]} {self.kind} {self.key}"


@dataclass(frozen=True, slots=True)
class Plan:
    """What applying a city's folder would do; with problems it cannot be applied.

    Attributes:
        kept: what was published in the browser and stays.
        conflicts: what was published in the browser while its files changed as well.
        overwritten: what was published in the browser and gives way to the files, as asked for.
    """

    city: str
    changes: tuple[Change, ...]
    kept: tuple[EditedItem, ...] = ()
    conflicts: tuple[EditedItem, ...] = ()
    overwritten: tuple[EditedItem, ...] = ()
    problems: tuple[Problem, ...] = ()
    library: Library = field(default_factory=Library, repr=False, compare=False)

    def items(self, kind: str) -> tuple[Item, ...]:
        """Return the new and changed items of a kind."""
        return tuple(each.item for each in self.changes if each.kind == kind and each.item)

    def removed(self, kind: str) -> tuple[str, ...]:
        """Return the keys of a kind that are gone."""
        return tuple(
            each.key for each in self.changes if each.kind == kind and each.action == "remove"
        )

    def count(self, action: Action) -> int:
        """Return how many items the action touches."""
        return sum(each.action == action for each in self.changes)


def plan_of(
    library: Library,
    applied: Mapping[tuple[str, str], Applied],
    kinds: tuple[ContentKind, ...],
    *,
    city: str,
    problems: tuple[Problem, ...] = (),
    overwrite: Collection[str] = (),
) -> Plan:
    """Return what would change; what was published in the browser changes only where told.

    Args:
        overwrite: names (``kind:key``) of items for which the files shall prevail.
    """
    edited = tuple(edited_items(library, applied, kinds))
    held = [e for e in edited if e.standing != "caught_up" and e.name not in overwrite]
    digests = {name: row.digest for name, row in applied.items()}
    digests |= {(each.kind, each.key): "" for each in edited}
    names = {(each.kind, each.key) for each in held}
    return Plan(
        city=city,
        changes=tuple(
            change
            for change in changes_between(library, digests, kinds)
            if (change.kind, change.key) not in names
        ),
        kept=tuple(each for each in held if each.standing == "ahead"),
        conflicts=tuple(each for each in held if each.standing == "conflict"),
        overwritten=tuple(e for e in edited if e.standing != "caught_up" and e.name in overwrite),
        problems=problems,
        library=library,
    )


def changes_between(
    library: Library, applied: Mapping[tuple[str, str], str], kinds: tuple[ContentKind, ...]
) -> tuple[Change, ...]:
    """Return what differs, in the order of applying; ``applied`` maps kind and key to digest."""
    written = [
        Change("change" if (kind.name, item.key) in applied else "add", kind.name, item.key, item)
        for kind in kinds
        for item in library.list(kind.name)
        if applied.get((kind.name, item.key)) != item.digest
    ]
    removed = [
        Change("remove", kind.name, key)
        for kind in reversed(kinds)
        for name, key in sorted(applied)
        if name == kind.name and library.get(name, key) is None
    ]
    return (*written, *removed)
