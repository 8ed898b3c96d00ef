"""Carrying one person's changes of a table over to a version that somebody else published."""

from collections.abc import Mapping

from shuzheng.support.decisions.rules.definitions import Decision, TableBox
from shuzheng.support.decisions.rules.editing import EditedRule, rewrite_rules
from shuzheng.support.decisions.rules.reader import read_definitions


def carry_over(*, base: bytes, newer: bytes, draft: bytes, decision: str) -> bytes:
    """Return the newer model with the draft's changes of one table, or the draft where none fit.

    Changes are taken cell by cell from what the draft did to its base. Where both changed a cell,
    the draft's stands; a rule that one removed and the other changed is kept. Whoever carries it
    over sees all of it as changes against the newer version.

    Raises:
        ModelHostile, ModelInvalid: one of the texts is no DMN.
    """
    tables = [_table(xml, decision) for xml in (base, newer, draft)]
    if not _alike(tables):
        return draft
    old, new, own = (_rules(table) for table in tables if table is not None)
    return rewrite_rules(newer, decision, merge_rules(old, new, own))


def _table(xml: bytes, decision: str) -> TableBox | None:
    for element in read_definitions(xml).elements:
        if element.name == decision and isinstance(element, Decision):
            return element.expression if isinstance(element.expression, TableBox) else None
    return None


def _alike(tables: list[TableBox | None]) -> bool:
    """Say whether the tables have the same columns, and rules that can be told apart."""
    columns = {
        (tuple(each.expression for each in table.inputs), len(table.outputs), table.notes)
        for table in tables
        if table is not None
    }
    return None not in tables and len(columns) == 1 and all(map(_has_ids, tables))


def _has_ids(table: TableBox | None) -> bool:
    ids = [rule.id for rule in table.rules] if table is not None else []
    return all(ids) and len(set(ids)) == len(ids)


def _rules(table: TableBox) -> tuple[EditedRule, ...]:
    return tuple(
        EditedRule(
            rule.id,
            rule.inputs,
            rule.outputs,
            tuple(rule.annotations.get(label, "") for label in table.notes),
        )
        for rule in table.rules
    )


def merge_rules(
    base: tuple[EditedRule, ...], newer: tuple[EditedRule, ...], own: tuple[EditedRule, ...]
) -> tuple[EditedRule, ...]:
    """Return the own rules with what the newer version did to the base, in the own order."""
    old, new = {rule.id: rule for rule in base}, {rule.id: rule for rule in newer}
    merged = [each for rule in own if (each := _merged(rule, old, new)) is not None]
    written = {rule.id for rule in own if rule.id in old}
    for place, rule in enumerate(newer):
        is_wanted = rule.id not in written and rule != old.get(rule.id)
        if is_wanted:
            merged.insert(_place_after(newer[:place], merged), rule)
    return tuple(merged)


def _merged(
    rule: EditedRule, old: Mapping[str, EditedRule], new: Mapping[str, EditedRule]
) -> EditedRule | None:
    before, after = old.get(rule.id), new.get(rule.id)
    if before is None:
        return EditedRule("", rule.inputs, rule.outputs, rule.notes)
    if after is None:
        is_changed = rule != before
        return EditedRule("", rule.inputs, rule.outputs, rule.notes) if is_changed else None
    return EditedRule(
        rule.id,
        _cells(before.inputs, after.inputs, rule.inputs),
        _cells(before.outputs, after.outputs, rule.outputs),
        _cells(before.notes, after.notes, rule.notes),
    )


def _cells(old: tuple[str, ...], new: tuple[str, ...], own: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(
        theirs if mine == before else mine
        for before, theirs, mine in zip(old, new, own, strict=True)
    )


def _place_after(earlier: tuple[EditedRule, ...], merged: list[EditedRule]) -> int:
    """Return the place behind the nearest earlier rule that is there."""
    places = {rule.id: place for place, rule in enumerate(merged) if rule.id}
    for rule in reversed(earlier):
        if rule.id in places:
            return places[rule.id] + 1
    return 0
