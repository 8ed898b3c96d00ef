"""What several matching rules conclude together (DMN 1.5, 8.2.10)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from shuzheng.support.decisions.rules.builtins.aggregates import greatest, least, total
from shuzheng.support.decisions.rules.comparison import equal
from shuzheng.support.decisions.rules.definitions import TableBox
from shuzheng.support.decisions.rules.errors import ModelInvalid
from shuzheng.support.decisions.rules.faults import model
from shuzheng.support.decisions.rules.scope import Scope
from shuzheng.support.decisions.rules.values import Undefined, number

Row = tuple[Any, ...]
Build = Callable[[Row], Any]


@dataclass(frozen=True, slots=True)
class Outputs:
    """The outputs of the rules that matched, in the order of the table."""

    label: str
    numbers: list[int]
    rows: list[Row]


@dataclass(frozen=True, slots=True)
class Answer:
    """A hit policy at work: whether one rule is enough, what none means, and what many mean."""

    conclude: Callable[[Outputs, Scope], Any]
    first_only: bool = False
    when_none: Any = None


def policy_of(
    box: TableBox, label: str, build: Build, priorities: tuple[tuple[Any, ...], ...]
) -> Answer:
    """Return the hit policy of a table.

    Raises:
        ModelInvalid: an aggregation over several outputs, or priorities without output values.
    """
    if box.hit_policy in {"PRIORITY", "OUTPUT ORDER"} and not any(priorities):
        raise ModelInvalid(element=label, problem=model.PRIORITIES(policy=box.hit_policy))
    if box.aggregation and len(box.outputs) > 1:
        raise ModelInvalid(element=label, problem=model.AGGREGATION(aggregation=box.aggregation))
    return _POLICIES[box.hit_policy](box, build, priorities)


def _unique(_box: TableBox, build: Build, _priorities: tuple[tuple[Any, ...], ...]) -> Answer:
    def conclude(found: Outputs, scope: Scope) -> Any:
        return build(found.rows[0]) if len(found.rows) == 1 else _conflict(found, scope)

    return Answer(conclude)


def _any(_box: TableBox, build: Build, _priorities: tuple[tuple[Any, ...], ...]) -> Answer:
    def conclude(found: Outputs, scope: Scope) -> Any:
        first = list(found.rows[0])
        agree = all(equal(list(row), first) for row in found.rows[1:])
        return build(found.rows[0]) if agree else _conflict(found, scope)

    return Answer(conclude)


def _conflict(found: Outputs, scope: Scope) -> None:
    scope.null(model.CONFLICT(table=found.label, numbers=list(found.numbers)))


def _first(_box: TableBox, build: Build, _priorities: tuple[tuple[Any, ...], ...]) -> Answer:
    return Answer(lambda found, _scope: build(found.rows[0]), first_only=True)


def _priority(_box: TableBox, build: Build, priorities: tuple[tuple[Any, ...], ...]) -> Answer:
    return Answer(lambda found, _scope: build(min(found.rows, key=_rank(priorities))))


def _output_order(_box: TableBox, build: Build, priorities: tuple[tuple[Any, ...], ...]) -> Answer:
    return Answer(
        lambda found, _: [build(row) for row in sorted(found.rows, key=_rank(priorities))]
    )


def _rank(priorities: tuple[tuple[Any, ...], ...]) -> Callable[[Row], tuple[int, ...]]:
    def rank(row: Row) -> tuple[int, ...]:
        return tuple(
            next((place for place, each in enumerate(order) if equal(each, value)), len(order))
            for value, order in zip(row, priorities, strict=True)
        )

    return rank


def _rule_order(_box: TableBox, build: Build, _priorities: tuple[tuple[Any, ...], ...]) -> Answer:
    return Answer(lambda found, _scope: [build(row) for row in found.rows])


def _collect(box: TableBox, build: Build, _priorities: tuple[tuple[Any, ...], ...]) -> Answer:
    if not box.aggregation:
        return _rule_order(box, build, _priorities)
    aggregate = _AGGREGATIONS[box.aggregation]

    def conclude(found: Outputs, scope: Scope) -> Any:
        try:
            return aggregate([build(row) for row in found.rows])
        except Undefined as error:
            return scope.null(model.NOT_AGGREGATED(table=found.label, problem=error.sentence))

    return Answer(conclude, when_none=number(0) if box.aggregation == "COUNT" else None)


_AGGREGATIONS: dict[str, Callable[[list[Any]], Any]] = {
    "SUM": total,
    "COUNT": lambda values: number(len(values)),
    "MIN": least,
    "MAX": greatest,
}
_POLICIES: dict[str, Callable[[TableBox, Build, tuple[tuple[Any, ...], ...]], Answer]] = {
    "UNIQUE": _unique,
    "ANY": _any,
    "FIRST": _first,
    "PRIORITY": _priority,
    "RULE ORDER": _rule_order,
    "OUTPUT ORDER": _output_order,
    "COLLECT": _collect,
}
