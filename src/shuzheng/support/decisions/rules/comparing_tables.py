"""What changed in one decision table: its policy, columns, rules and cells."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from shuzheng.support.decisions.rules.changes import Change, ChangeKind
from shuzheng.support.decisions.rules.definitions import TableBox, TableRule

Side = Literal["input", "output", "note"]
Key = tuple[Side, str]
_ADDED: dict[Side, ChangeKind] = {
    "input": "input-added",
    "output": "output-added",
    "note": "note-added",
}
_REMOVED: dict[Side, ChangeKind] = {
    "input": "input-removed",
    "output": "output-removed",
    "note": "note-removed",
}


@dataclass(frozen=True, slots=True)
class _Column:
    label: str
    says: str = ""


def compare_boxes(name: str, old: TableBox, new: TableBox) -> Iterator[Change]:
    """Yield what changed in a table; columns are the same if they ask for, or give, the same."""
    if _policy(old) != _policy(new):
        yield Change("policy", name, before=_policy(old), after=_policy(new))
    yield from _compare_columns(name, _columns(old), _columns(new))
    yield from _compare_rules(name, old, new)


def _policy(box: TableBox) -> str:
    return f"{box.hit_policy}/{box.aggregation}" if box.aggregation else box.hit_policy


def _columns(box: TableBox) -> dict[Key, _Column]:
    inputs, outputs = _keys(box)
    found: dict[Key, _Column] = {}
    for key, each in zip(inputs, box.inputs, strict=True):
        says = " ".join(filter(None, (each.expression, each.type_ref, each.allowed)))
        found[key] = _Column(each.label, says)
    for place, (key, output) in enumerate(zip(outputs, box.outputs, strict=True), 1):
        says = " ".join(filter(None, (output.type_ref, output.allowed, output.default)))
        found[key] = _Column(f"→ {output.label or output.name or place}", says)
    return found | {("note", each): _Column(each) for each in box.notes}


def _keys(box: TableBox) -> tuple[list[Key], list[Key]]:
    """Return what tells the columns apart; of several that ask for the same, their order does."""
    asked = [each.expression for each in box.inputs]
    inputs: list[Key] = [
        ("input", f"{text} {asked[:place].count(text) or ''}".strip())
        for place, text in enumerate(asked)
    ]
    return inputs, [("output", each.name or str(place)) for place, each in enumerate(box.outputs)]


def _compare_columns(
    name: str, old: dict[Key, _Column], new: dict[Key, _Column]
) -> Iterator[Change]:
    for key, column in new.items():
        was = old.get(key)
        if was is None:
            yield Change(_ADDED[key[0]], name, column=column.label, after=column.says)
        elif was != column:
            before, after = (f"{each.label} {each.says}".strip() for each in (was, column))
            yield Change("column", name, column=column.label, before=before, after=after)
    for key, column in old.items():
        if key not in new:
            yield Change(_REMOVED[key[0]], name, column=column.label, before=column.says)


def _compare_rules(name: str, old: TableBox, new: TableBox) -> Iterator[Change]:
    known = {_identity(rule): (number, rule) for number, rule in enumerate(old.rules, 1)}
    labels = _shared(old, new)
    follows = 0
    for number, rule in enumerate(new.rules, 1):
        earlier = known.pop(_identity(rule), None)
        if earlier is None:
            yield Change("rule-added", name, number, after=_shown(rule))
            continue
        if earlier[0] < follows:
            yield Change("rule-moved", name, number, before=str(earlier[0]), after=str(number))
        follows = max(follows, earlier[0])
        cells = (_cells(old, earlier[1]), _cells(new, rule))
        yield from _compare_cells(name, number, labels, *cells)
    for number, rule in known.values():
        yield Change("rule-removed", name, number, before=_shown(rule))


def _shared(old: TableBox, new: TableBox) -> dict[Key, str]:
    """Return the columns to compare: one that came or went is one change, not one for each rule.

    Notes are compared all the same: a clause that goes with its column is named.
    """
    kept = _columns(old)
    found = {key: each.label for key, each in _columns(new).items() if key in kept}
    rules = (*old.rules, *new.rules)
    return found | {("note", label): label for rule in rules for label in rule.annotations}


def _compare_cells(
    name: str, number: int, labels: dict[Key, str], old: dict[Key, str], new: dict[Key, str]
) -> Iterator[Change]:
    for key, label in labels.items():
        before, after = old.get(key, ""), new.get(key, "")
        if before != after:
            yield Change("cell", name, number, label, before, after)


def _cells(box: TableBox, rule: TableRule) -> dict[Key, str]:
    inputs, outputs = _keys(box)
    texts = (*rule.inputs, *rule.outputs)
    found = {key: text or "-" for key, text in zip((*inputs, *outputs), texts, strict=True)}
    return found | {("note", label): text for label, text in rule.annotations.items()}


def _identity(rule: TableRule) -> object:
    return rule.id or rule.inputs


def _shown(rule: TableRule) -> str:
    conditions = " | ".join(text or "-" for text in rule.inputs)
    return f"{conditions} → {' | '.join(text or '-' for text in rule.outputs)}"
