"""`range("[1..3]")`: an interval read from text; only literals may bound it (DMN 1.5, 10.3.4.9)."""

import re
from typing import Any

from shuzheng.support.decisions.rules import syntax
from shuzheng.support.decisions.rules.builtins.conversions import (
    date_from_text,
    duration_from_text,
    moment_from_text,
    time_from_text,
)
from shuzheng.support.decisions.rules.builtins.registry import declare
from shuzheng.support.decisions.rules.comparison import less
from shuzheng.support.decisions.rules.errors import DecisionRefusal
from shuzheng.support.decisions.rules.faults import feel
from shuzheng.support.decisions.rules.parser import parse_expression
from shuzheng.support.decisions.rules.values import Range, Undefined

_RANGE = re.compile(r"\s*([\[(\]])(.*?)\.\.(?!\d*\.\.)(.*)([\])\[])\s*", re.DOTALL)
_MAKERS = {
    "date": date_from_text,
    "time": time_from_text,
    "date and time": moment_from_text,
    "duration": duration_from_text,
}


@declare("range(from: string)")
def range_from_text(text: str) -> Range:
    """Read an interval."""
    match = _RANGE.fullmatch(text)
    if match is None:
        raise Undefined(feel.NO_RANGE())
    start, end = _bound(match[2].strip()), _bound(match[3].strip())
    if (start is None and match[1] == "[") or (end is None and match[4] == "]"):
        raise Undefined(feel.OPEN_END())
    if start is not None and end is not None and less(end, start) is not False:
        raise Undefined(feel.RANGE_ORDER())
    return Range(start, end, match[1] == "[", match[4] == "]")


def _bound(text: str) -> Any:
    if not text:
        return None
    try:
        node = parse_expression(text)
    except DecisionRefusal as error:
        raise Undefined(feel.BOUND()) from error
    value = _literal(node)
    if value is None:
        raise Undefined(feel.BOUND_NO_LITERAL())
    return value


def _literal(node: syntax.Node) -> Any:
    if isinstance(node, syntax.Literal):
        return node.value
    if isinstance(node, syntax.Call) and isinstance(node.function, syntax.Name):
        maker = _MAKERS.get(node.function.name)
        arguments = [each.value for each in node.arguments if isinstance(each, syntax.Literal)]
        if maker and len(node.arguments) == 1 and arguments and isinstance(arguments[0], str):
            return maker(arguments[0])
    return None
