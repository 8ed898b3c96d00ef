"""What one version of a model changed in its tables against another, cell by cell."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from shuzheng.support.decisions.rules.definitions import TableBox, TableRule
from shuzheng.support.decisions.rules.model import Model

ChangeKind = Literal[
    "table-added", "table-removed", "policy", "rule-added", "rule-removed", "rule-moved", "cell"
]


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is different.

    Attributes:
        kind: what happened.
        table: name of the decision or knowledge model.
        rule: its number, in the newer version unless it was removed; 0 for a whole table.
        column: label of the cell that changed.
        before: what stood there; for a whole rule its cells in a row, for a move its number.
        after: what stands there now.
    """

    kind: ChangeKind
    table: str
    rule: int = 0
    column: str = ""
    before: str = ""
    after: str = ""


def compare_tables(before: Model, after: Model) -> tuple[Change, ...]:
    """Return what changed in the tables, in the order of the newer model.

    A rule is the same rule if its id is, else if its conditions are.
    """
    found: list[Change] = []
    for name, table in after.tables.items():
        old = before.tables.get(name)
        found += _changes(name, old.box, table.box) if old else [Change("table-added", name)]
    found += [Change("table-removed", name) for name in before.tables if name not in after.tables]
    return tuple(found)


def _changes(name: str, old: TableBox, new: TableBox) -> Iterator[Change]:
    if old.hit_policy != new.hit_policy:
        yield Change("policy", name, before=old.hit_policy, after=new.hit_policy)
    known = {_identity(rule): (number, rule) for number, rule in enumerate(old.rules, 1)}
    follows = 0
    for number, rule in enumerate(new.rules, 1):
        earlier = known.pop(_identity(rule), None)
        if earlier is None:
            yield Change("rule-added", name, number, after=_shown(rule))
            continue
        if earlier[0] < follows:
            yield Change("rule-moved", name, number, before=str(earlier[0]), after=str(number))
        follows = max(follows, earlier[0])
        yield from _cells(name, number, _labelled(old, earlier[1]), _labelled(new, rule))
    for number, rule in known.values():
        yield Change("rule-removed", name, number, before=_shown(rule))


def _cells(name: str, number: int, old: dict[str, str], new: dict[str, str]) -> Iterator[Change]:
    for label in dict.fromkeys((*old, *new)):
        before, after = old.get(label, ""), new.get(label, "")
        if before != after:
            yield Change("cell", name, number, label, before, after)


def _labelled(box: TableBox, rule: TableRule) -> dict[str, str]:
    """Return a rule's cells by the label of their column."""
    found = {each.label: text or "-" for each, text in zip(box.inputs, rule.inputs, strict=True)}
    for place, (each, text) in enumerate(zip(box.outputs, rule.outputs, strict=True), 1):
        found[f"→ {each.label or each.name or place}"] = text or "-"
    return found | rule.annotations


def _identity(rule: TableRule) -> object:
    return rule.id or rule.inputs


def _shown(rule: TableRule) -> str:
    conditions = " | ".join(text or "-" for text in rule.inputs)
    return f"{conditions} → {' | '.join(text or '-' for text in rule.outputs)}"
