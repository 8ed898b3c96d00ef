"""Expression elements of a DMN text to records."""

from collections.abc import Callable
from typing import cast, get_args

from lxml import etree

from shuzheng.support.decisions.rules.definitions import (
    Aggregation,
    Box,
    ConditionalBox,
    ContextBox,
    ContextEntry,
    FilterBox,
    FunctionBox,
    HitPolicy,
    InvocationBox,
    ListBox,
    LiteralBox,
    LoopBox,
    Parameter,
    RelationBox,
    TableBox,
    TableInput,
    TableOutput,
    TableRule,
)
from shuzheng.support.decisions.rules.errors import ModelInvalid
from shuzheng.support.decisions.rules.faults import model
from shuzheng.support.decisions.rules.names import normalise
from shuzheng.support.decisions.rules.xml_reader import child, children, local_name, text_of_child


def find_box(parent: etree._Element) -> Box | None:
    """Return the expression that stands in an element, if there is one."""
    for element in parent:
        if isinstance(element.tag, str) and local_name(element) in _READERS:
            return read_box(element)
    return None


def read_box(element: etree._Element) -> Box:
    """Return the record of an expression element."""
    return _READERS[local_name(element)](element)


def require_box(parent: etree._Element | None, name: str) -> Box:
    """Return the expression in a child element that must be there.

    Raises:
        ModelInvalid: it is not.
    """
    holder = parent if parent is None or not name else child(parent, name)
    box = None if holder is None else find_box(holder)
    if box is None:
        label = "?" if parent is None else parent.get("id", local_name(parent))
        raise ModelInvalid(
            element=label, problem=model.MISSING(name=name) if name else model.NO_EXPRESSION()
        )
    return box


def read_name(element: etree._Element | None) -> str:
    """Return an element's name in normal form."""
    return "" if element is None else normalise(element.get("name", ""))


def read_type_ref(element: etree._Element | None) -> str:
    """Return the type an element declares (DMN 1.1 wrote it as an element or with a prefix)."""
    if element is None:
        return ""
    reference = element.get("typeRef") or text_of_child(element, "typeRef")
    return normalise(reference.removeprefix("feel:"))


def _head(element: etree._Element) -> tuple[str, str]:
    return element.get("id", ""), read_type_ref(element)


def _literal(element: etree._Element) -> Box:
    if child(element, "importedValues") is not None:
        raise ModelInvalid(element=element.get("id", ""), problem=model.IMPORTED_VALUES())
    return LiteralBox(*_head(element), text_of_child(element, "text"))


def _context(element: etree._Element) -> Box:
    return ContextBox(*_head(element), tuple(map(_entry, children(element, "contextEntry"))))


def _entry(element: etree._Element) -> ContextEntry:
    variable = child(element, "variable")
    return ContextEntry(read_name(variable), read_type_ref(variable), require_box(element, ""))


def _list(element: etree._Element) -> Box:
    items = tuple(read_box(each) for each in children(element, *_READERS))
    return ListBox(*_head(element), items)


def _relation(element: etree._Element) -> Box:
    columns = tuple(read_name(column) for column in children(element, "column"))
    rows = tuple(
        tuple(read_box(each) for each in children(row, *_READERS))
        for row in children(element, "row")
    )
    if any(len(row) != len(columns) for row in rows):
        raise ModelInvalid(element=element.get("id", ""), problem=model.RELATION_SHAPE())
    return RelationBox(*_head(element), columns, rows)


def read_function(element: etree._Element) -> FunctionBox:
    """Return the record of a function definition."""
    parameters = tuple(
        Parameter(read_name(each), read_type_ref(each))
        for each in children(element, "formalParameter")
    )
    return FunctionBox(*_head(element), parameters, find_box(element), element.get("kind", "FEEL"))


def _invocation(element: etree._Element) -> Box:
    bindings = tuple(
        (read_name(child(each, "parameter")), find_box(each) or LiteralBox("", "", "null"))
        for each in children(element, "binding")
    )
    return InvocationBox(*_head(element), require_box(element, ""), bindings)


def _conditional(element: etree._Element) -> Box:
    parts = (require_box(element, name) for name in ("if", "then", "else"))
    return ConditionalBox(*_head(element), *parts)


def _loop(element: etree._Element) -> Box:
    kind = local_name(element)
    body = require_box(element, "return" if kind == "for" else "satisfies")
    variable = normalise(element.get("iteratorVariable", ""))
    return LoopBox(*_head(element), kind, variable, require_box(element, "in"), body)


def _filter(element: etree._Element) -> Box:
    return FilterBox(*_head(element), require_box(element, "in"), require_box(element, "match"))


def _table(element: etree._Element) -> Box:
    policy, aggregation = element.get("hitPolicy", "UNIQUE"), element.get("aggregation", "")
    if policy not in get_args(HitPolicy) or aggregation not in get_args(Aggregation):
        raise ModelInvalid(
            element=element.get("id", ""),
            problem=model.HIT_POLICY(policy=policy, aggregation=aggregation),
        )
    notes = _note_names(element)
    table = TableBox(
        *_head(element),
        cast("HitPolicy", policy),
        cast("Aggregation", aggregation),
        tuple(map(_input, children(element, "input"))),
        tuple(map(_output, children(element, "output"))),
        tuple(_rule(each, notes) for each in children(element, "rule")),
        notes,
    )
    _check_shape(table)
    return table


def _check_shape(table: TableBox) -> None:
    shape = len(table.inputs), len(table.outputs)
    if not table.outputs:
        raise ModelInvalid(element=table.id, problem=model.NO_OUTPUT())
    for number, rule in enumerate(table.rules, 1):
        if (len(rule.inputs), len(rule.outputs)) != shape:
            raise ModelInvalid(
                element=table.id,
                problem=model.RULE_SHAPE(
                    number=number,
                    conditions=len(rule.inputs),
                    conclusions=len(rule.outputs),
                    inputs=shape[0],
                    outputs=shape[1],
                ),
            )


def _input(element: etree._Element) -> TableInput:
    expression = child(element, "inputExpression")
    text = text_of_child(expression, "text")
    return TableInput(
        normalise(element.get("label", "")) or text,
        text,
        read_type_ref(expression),
        text_of_child(element, "inputValues", "text"),
    )


def _output(element: etree._Element) -> TableOutput:
    name = read_name(element)
    return TableOutput(
        name,
        normalise(element.get("label", "")) or name,
        read_type_ref(element),
        text_of_child(element, "outputValues", "text"),
        text_of_child(element, "defaultOutputEntry", "text"),
    )


def _rule(element: etree._Element, annotations: tuple[str, ...]) -> TableRule:
    return TableRule(
        element.get("id", ""),
        tuple(text_of_child(each, "text") for each in children(element, "inputEntry")),
        tuple(text_of_child(each, "text") for each in children(element, "outputEntry")),
        _annotations(element, annotations),
    )


def _note_names(element: etree._Element) -> tuple[str, ...]:
    """Return the columns of notes; one without a name is called by its place."""
    declared = [read_name(each) for each in children(element, "annotation")]
    widths = (len(children(rule, "annotationEntry")) for rule in children(element, "rule"))
    declared += [""] * (max(widths, default=0) - len(declared))
    return tuple(name or f"annotation {place}" for place, name in enumerate(declared, 1))


def _annotations(element: etree._Element, names: tuple[str, ...]) -> dict[str, str]:
    texts = (text_of_child(each, "text") for each in children(element, "annotationEntry"))
    found = {label: text for label, text in zip(names, texts, strict=False) if text}
    description = text_of_child(element, "description")
    return {**found, "description": description} if description else found


_READERS: dict[str, Callable[[etree._Element], Box]] = {
    "literalExpression": _literal,
    "context": _context,
    "list": _list,
    "relation": _relation,
    "functionDefinition": read_function,
    "invocation": _invocation,
    "conditional": _conditional,
    "for": _loop,
    "some": _loop,
    "every": _loop,
    "filter": _filter,
    "decisionTable": _table,
}
