"""What one version of a model changed in its tables against another, in sentences."""

from collections.abc import Iterator

from shuzheng.support.decisions.rules.definitions import TableBox, TableRule
from shuzheng.support.decisions.rules.model import Model


def compare_tables(before: Model, after: Model) -> tuple[str, ...]:
    """Return one sentence for each change of a table, in the order of the newer model.

    A rule is the same rule if its id is, else if its conditions are.
    """
    found: list[str] = []
    for name, table in after.tables.items():
        old = before.tables.get(name)
        found += _changes(name, old.box, table.box) if old else [f"新增决策表“{name}”"]
    found += [f"删除决策表“{name}”" for name in before.tables if name not in after.tables]
    return tuple(found)


def _changes(name: str, old: TableBox, new: TableBox) -> Iterator[str]:
    if old.hit_policy != new.hit_policy:
        yield f"“{name}”的命中策略由 {old.hit_policy} 改为 {new.hit_policy}"
    known = {_identity(rule): (number, rule) for number, rule in enumerate(old.rules, 1)}
    for number, rule in enumerate(new.rules, 1):
        earlier = known.pop(_identity(rule), None)
        if earlier is None:
            yield f"“{name}”新增第 {number} 条规则：{_shown(rule)}"
        elif _content(earlier[1]) != _content(rule):
            yield f"“{name}”第 {number} 条规则由 {_shown(earlier[1])} 改为 {_shown(rule)}"
        elif earlier[0] != number:
            yield f"“{name}”第 {earlier[0]} 条规则移到第 {number} 条"
    for number, rule in known.values():
        yield f"“{name}”删除原第 {number} 条规则：{_shown(rule)}"


def _identity(rule: TableRule) -> object:
    return rule.id or rule.inputs


def _content(rule: TableRule) -> object:
    return rule.inputs, rule.outputs, rule.annotations


def _shown(rule: TableRule) -> str:
    conditions = " | ".join(text or "-" for text in rule.inputs)
    return f"{conditions} → {' | '.join(text or '-' for text in rule.outputs)}"
