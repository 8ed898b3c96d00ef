"""Gaps, overlaps and rules that never decide: every combination of value classes, walked once."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any, Literal

from shuzheng.policy.refusals import gettext_noop
from shuzheng.support.decisions.rules import syntax
from shuzheng.support.decisions.rules.checks.domains import ValueClass, classes_of, columns_of
from shuzheng.support.decisions.rules.checks.findings import Finding
from shuzheng.support.decisions.rules.json_values import to_json
from shuzheng.support.decisions.rules.parser import parse_expression
from shuzheng.support.decisions.rules.tables import Table
from shuzheng.support.decisions.rules.text import text_of

OVERLAP = (
    "table-overlap",
    gettext_noop("第 {one} 条与第 {other} 条规则同时适用，而表要求唯一（UNIQUE），例如 {example}"),
)
CONFLICT = (
    "table-conflict",
    gettext_noop("第 {one} 条与第 {other} 条规则同时适用，结论却不同（ANY），例如 {example}"),
)
SHADOWED = (
    "table-unreachable",
    gettext_noop("第 {rule} 条规则永远不会起作用：总有前面的规则先适用"),
)
IMPOSSIBLE = (
    "table-unreachable",
    gettext_noop("第 {rule} 条规则永远不会起作用：条件不能同时成立"),
)
GAP = ("table-gap", gettext_noop("没有规则适用于 {example}"))
TOO_LARGE = gettext_noop("表太大，只检查了前 {limit} 种组合")
ANY_INPUT = gettext_noop("任何输入")
MOST_STEPS = 200_000
MOST_PAIRS = 100
MOST_COLUMNS = 60
MOST_EXAMPLES = 5
NEEDS_A_RULE = frozenset({"UNIQUE", "ANY", "PRIORITY", "FIRST"})


@dataclass(slots=True)
class _Walk:
    """The walk through one table: what has been seen, and what was found."""

    table: Table
    columns: tuple[tuple[str, tuple[ValueClass, ...]], ...]
    seen: set[tuple[int, int, int]] = field(default_factory=set)
    gaps: list[dict[str, Any]] = field(default_factory=list)
    pairs: dict[tuple[int, int], dict[str, Any]] = field(default_factory=dict)
    reached: int = 0
    left: int = MOST_STEPS

    @property
    def is_cut_short(self) -> bool:
        """There was more to see than the walk may take."""
        return self.left <= 0

    def visit(self, place: int, sure: int, possible: int, example: dict[str, Any]) -> None:
        """Go on from a column with the rules that are left."""
        state = place, sure, possible
        if state in self.seen or self.is_cut_short:
            return
        self.seen.add(state)
        self.left -= 1
        if not possible:
            self.gaps.append(example)
        elif place == len(self.columns):
            self._arrive(sure, possible, example)
        else:
            label, classes = self.columns[place]
            self.left -= len(classes)
            for each in classes:
                here = {**example, label: each.example}
                self.visit(place + 1, sure & each.sure, possible & each.possible, here)

    def _arrive(self, sure: int, possible: int, example: dict[str, Any]) -> None:
        policy = self.table.box.hit_policy
        if policy == "FIRST" and sure:
            self.reached |= possible & ((sure & -sure) * 2 - 1)
        else:
            self.reached |= possible
        if policy in {"UNIQUE", "ANY"} and sure & (sure - 1):
            for pair in combinations(_numbers(sure), 2):
                if len(self.pairs) >= MOST_PAIRS:
                    break
                self.pairs.setdefault(pair, example)


def _numbers(mask: int) -> Iterator[int]:
    """Yield the numbers of the rules in a set, from 1."""
    while mask:
        bit = mask & -mask
        mask ^= bit
        yield bit.bit_length()


def check_coverage(table: Table) -> Iterator[Finding]:
    """Yield gaps, overlaps and unreachable rules, each with inputs that show it."""
    if len(table.columns) > MOST_COLUMNS:
        yield _too_large(table, 0)
        return
    columns = tuple((column.label, classes_of(column, table)) for column in columns_of(table))
    walk = _Walk(table, columns)
    walk.visit(0, table.all_rules, table.all_rules, {})
    yield from _overlaps(walk)
    yield from _unreachable(walk)
    yield from _gaps(walk)
    if walk.is_cut_short:
        yield _too_large(table, len(walk.seen))


def _too_large(table: Table, seen: int) -> Finding:
    return Finding(
        *("table-too-large", "warning", table.label, (), "", TOO_LARGE), facts={"limit": seen}
    )


def _overlaps(walk: _Walk) -> Iterator[Finding]:
    table = walk.table
    for (one, other), example in walk.pairs.items():
        if table.box.hit_policy == "ANY" and _same_outputs(table, one, other):
            continue
        said = CONFLICT if table.box.hit_policy == "ANY" else OVERLAP
        facts = {"one": one, "other": other}
        yield _finding(said, "error", table, (one, other), facts, example)


def _same_outputs(table: Table, one: int, other: int) -> bool:
    texts = [table.box.rules[number - 1].outputs for number in (one, other)]
    nodes = [[_value(text, table) for text in row] for row in texts]
    return texts[0] == texts[1] or (None not in nodes[0] and nodes[0] == nodes[1])


def _value(text: str, table: Table) -> tuple[Any] | None:
    node = parse_expression(text, table.setting.names) if text else None
    return (node.value,) if isinstance(node, syntax.Literal) else None


def _unreachable(walk: _Walk) -> Iterator[Finding]:
    if walk.is_cut_short:
        return
    for number in _numbers(walk.table.all_rules & ~walk.reached):
        said = SHADOWED if walk.table.box.hit_policy == "FIRST" else IMPOSSIBLE
        yield _finding(said, "error", walk.table, (number,), {"rule": number}, {})


def _gaps(walk: _Walk) -> Iterator[Finding]:
    table = walk.table
    if table.box.hit_policy not in NEEDS_A_RULE or table.default is not None:
        return
    for example in walk.gaps[:MOST_EXAMPLES]:
        yield _finding(GAP, "warning", table, (), {}, example)


def _finding(
    said: tuple[str, str],
    severity: Literal["error", "warning"],
    table: Table,
    rules: tuple[int, ...],
    facts: dict[str, Any],
    example: dict[str, Any],
) -> Finding:
    code, template = said
    all_facts = {**facts, "example": _shown(example)}
    shown = to_json(example)
    return Finding(code, severity, table.label, rules, "", template, all_facts, shown)


def _shown(example: dict[str, Any]) -> str:
    return (
        "，".join(f"{label} = {text_of([value])[1:-1]}" for label, value in example.items())
        or ANY_INPUT
    )
