"""Decision tables: compiled once, decided by index (DMN 1.5, clause 8)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from shuzheng.policy.refusals import Sentence
from shuzheng.support.decisions.rules import syntax
from shuzheng.support.decisions.rules.compiling import Setting, compile_node, compile_unary
from shuzheng.support.decisions.rules.definitions import TableBox, TableOutput
from shuzheng.support.decisions.rules.errors import ExpressionInvalid, ModelInvalid
from shuzheng.support.decisions.rules.faults import model
from shuzheng.support.decisions.rules.hit_policies import Answer, Outputs, policy_of
from shuzheng.support.decisions.rules.parser import parse_expression, parse_unary_tests
from shuzheng.support.decisions.rules.scope import Compute, Scope
from shuzheng.support.decisions.rules.table_index import ColumnIndex
from shuzheng.support.decisions.rules.types import ANY, Type, coerce, simple_type

CLAUSE_COLUMNS = ("law", "clause", "依据", "法律依据", "条款")
_ANYTHING = syntax.UnaryTests(0, (), negated=False)


@dataclass(frozen=True, slots=True)
class MatchedRule:
    """A rule that decided.

    Attributes:
        table: name of the decision or knowledge model the table belongs to.
        rule_id: the rule's id in the model.
        number: its place in the table, from 1.
        annotations: the texts beside it by column name, such as the clause it rests on.
    """

    table: str
    rule_id: str
    number: int
    annotations: dict[str, str]

    @property
    def clause(self) -> str:
        """The clause the rule rests on: its annotation in a column named for the law."""
        return next(
            (self.annotations[name] for name in CLAUSE_COLUMNS if name in self.annotations), ""
        )


@dataclass(frozen=True, slots=True)
class Table:
    """A compiled table."""

    label: str
    box: TableBox
    inputs: tuple[Compute, ...]
    columns: tuple[ColumnIndex, ...]
    outputs: tuple[tuple[Compute, ...], ...]
    default: Callable[[Scope], Any] | None
    all_rules: int
    build: Callable[[tuple[Any, ...]], Any]
    answer: Answer
    matched: tuple[MatchedRule, ...]
    setting: Setting

    def decide(self, scope: Scope) -> Any:
        """Return what the matching rules conclude, and note them in the budget."""
        scope.budget.spend(1 + len(self.columns))
        rules = self._accepting(scope)
        if not rules:
            return self._without_match(scope)
        found: list[tuple[int, tuple[Any, ...]]] = []
        while rules:
            bit = rules & -rules
            rules ^= bit
            number = bit.bit_length() - 1
            found.append((number, tuple(output(scope) for output in self.outputs[number])))
            if self.answer.first_only:
                break
        return self._conclude(found, scope)

    def _accepting(self, scope: Scope) -> int:
        rules = self.all_rules
        for compute, column in zip(self.inputs, self.columns, strict=True):
            value = compute(scope)
            rules = column.accepting(value, rules, scope.inner({"?": value}))
            if not rules:
                return 0
        return rules

    def _without_match(self, scope: Scope) -> Any:
        if self.default is not None:
            return self.default(scope)
        if self.answer.when_none is None:
            scope.null(model.NO_RULE(table=self.label))
        return self.answer.when_none

    def _conclude(self, found: list[tuple[int, tuple[Any, ...]]], scope: Scope) -> Any:
        scope.budget.matched.extend(self.matched[number] for number, _ in found)
        numbers = [number + 1 for number, _ in found]
        return self.answer.conclude(
            Outputs(self.label, numbers, [each for _, each in found]), scope
        )


def compile_table(label: str, box: TableBox, setting: Setting) -> Table:
    """Compile a table.

    Raises:
        ExpressionInvalid: a cell does not follow the grammar.
        ModelInvalid: the hit policy does not suit the table.
    """
    types = tuple(output_type(output, box, setting) for output in box.outputs)
    build = _builder(box.outputs)
    return Table(
        label=label,
        box=box,
        inputs=tuple(_input(each.expression, setting) for each in box.inputs),
        columns=tuple(_column(box, place, setting) for place in range(len(box.inputs))),
        outputs=tuple(
            tuple(
                _output(text, type_, setting)
                for text, type_ in zip(rule.outputs, types, strict=True)
            )
            for rule in box.rules
        ),
        default=_default(box, types, build, setting),
        all_rules=(1 << len(box.rules)) - 1,
        build=build,
        answer=policy_of(box, label, build, allowed_outputs(box, setting)),
        matched=tuple(
            MatchedRule(label, rule.id, number, rule.annotations)
            for number, rule in enumerate(box.rules, 1)
        ),
        setting=setting,
    )


def _input(text: str, setting: Setting) -> Compute:
    return compile_node(parse_expression(text, setting.names, setting.limits), setting)


def _column(box: TableBox, place: int, setting: Setting) -> ColumnIndex:
    cells = []
    for number, rule in enumerate(box.rules, 1):
        node = read_cell(rule.inputs[place], setting, model.RULE(number=number))
        cells.append((node, compile_unary(node, setting)))
    return ColumnIndex(cells)


def read_cell(text: str, setting: Setting, element: Sentence | str) -> syntax.UnaryTests:
    """Return a cell's tests; an empty one lets everything pass.

    Raises:
        ModelInvalid: the text does not follow the grammar; names the element.
    """
    if not text or text == "-":
        return _ANYTHING
    try:
        return parse_unary_tests(text, setting.names, setting.limits)
    except ExpressionInvalid as error:
        raise ModelInvalid(element=element, problem=error.sentence()) from error


def _output(text: str, expected: Type, setting: Setting) -> Compute:
    if not text or text == "-":
        return lambda _scope: None
    node = parse_expression(text, setting.names, setting.limits)
    compute = compile_node(node, setting)
    if expected is ANY:
        return compute
    if isinstance(node, syntax.Literal):
        value = coerce(node.value, expected).value
        return lambda _scope: value
    return lambda scope: coerce(compute(scope), expected).value


def output_type(output: TableOutput, box: TableBox, setting: Setting) -> Type:
    """Return what an output column declares; a collecting table may declare its list instead."""
    reference = output.type_ref or (box.type_ref if len(box.outputs) == 1 else "")
    found = setting.types.get(reference) or simple_type(reference) or ANY
    if found.kind == "list" and box.hit_policy in {"COLLECT", "RULE ORDER", "OUTPUT ORDER"}:
        return ANY
    return found


def _builder(outputs: tuple[TableOutput, ...]) -> Callable[[tuple[Any, ...]], Any]:
    if len(outputs) == 1:
        return lambda values: values[0]
    names = tuple(output.name for output in outputs)
    return lambda values: dict(zip(names, values, strict=True))


def _default(
    box: TableBox,
    types: tuple[Type, ...],
    build: Callable[[tuple[Any, ...]], Any],
    setting: Setting,
) -> Compute | None:
    if not any(output.default for output in box.outputs):
        return None
    computes = tuple(
        _output(output.default, type_, setting)
        for output, type_ in zip(box.outputs, types, strict=True)
    )
    return lambda scope: build(tuple(compute(scope) for compute in computes))


def allowed_outputs(box: TableBox, setting: Setting) -> tuple[tuple[Any, ...], ...]:
    """Return the allowed values of each output in their order of priority."""
    return tuple(_allowed(output, setting) for output in box.outputs)


def _allowed(output: TableOutput, setting: Setting) -> tuple[Any, ...]:
    text = output.allowed
    if not text and output.type_ref in setting.types:
        text = setting.types[output.type_ref].allowed_text
    if not text:
        return ()
    tests = parse_unary_tests(text, setting.names, setting.limits).tests
    return tuple(test.value for test in tests if isinstance(test, syntax.Literal))
