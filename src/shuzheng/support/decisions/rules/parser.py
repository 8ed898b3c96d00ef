"""From text to tree: lark's LALR tables, fed by the scanner."""

from collections.abc import Iterator
from decimal import Decimal, DecimalException
from functools import lru_cache
from pathlib import Path as FilePath
from typing import Any

from lark import Lark, Token, Transformer, UnexpectedInput, v_args
from lark.lexer import Lexer

from shuzheng.policy.refusals import gettext_noop
from shuzheng.support.decisions.rules import syntax
from shuzheng.support.decisions.rules.escapes import unescape
from shuzheng.support.decisions.rules.limits import DEFAULT_LIMITS, Limits
from shuzheng.support.decisions.rules.scanner import Scanner, syntax_error
from shuzheng.support.decisions.rules.temporal_text import parse_temporal
from shuzheng.support.decisions.rules.values import number

END = gettext_noop("结尾")
SOMETHING_ELSE = gettext_noop("其他内容")
_SHOWN = {
    "$END": END, "NAME": gettext_noop("名称"), "NUMBER": gettext_noop("数字"),
    "STRING": gettext_noop("文本"), "LPAR": "“(”",
    "RPAR": "“)”",
    "LSQB": "“[”", "RSQB": "“]”", "LBRACE": "“{”", "RBRACE": "“}”", "COMMA": "“,”", "COLON": "“:”",
    "BINDING": gettext_noop("变量名 in"), "KEY": gettext_noop("键"),
    "PARAMETER": gettext_noop("参数名"),
}  # fmt: skip
_MOST_SHOWN = 6


class _Tokens(Lexer):
    """Hands the scanner's tokens to lark."""

    def __init__(self, lexer_conf: Any) -> None:
        """Take lark's configuration; the scanner needs none of it."""

    def lex(self, data: Any) -> Iterator[Token]:  # type: ignore[override]
        """Yield the tokens."""
        yield from data


@v_args(inline=True)
class _Tree(Transformer[Token, Any]):
    """Builds the records while lark reduces, so that depth never recurses."""

    def any_test(self, sign: Token) -> syntax.UnaryTests:
        return syntax.UnaryTests(_at(sign), (), negated=False)

    def positive_tests(self, tests: tuple[syntax.Node, ...]) -> syntax.UnaryTests:
        return syntax.UnaryTests(tests[0].position, tests, negated=False)

    def negated_tests(self, sign: Token, *parts: Any) -> syntax.UnaryTests:
        return syntax.UnaryTests(_at(sign), parts[1], negated=True)

    def tests(self, *parts: Any) -> tuple[syntax.Node, ...]:
        return _nodes(parts)

    def operator_test(self, sign: Token, operand: syntax.Node) -> syntax.OperatorTest:
        return syntax.OperatorTest(_at(sign), str(sign), operand)

    def disjunction(self, left: syntax.Node, _or: Token, right: syntax.Node) -> syntax.Node:
        return _chain("or", left, right)

    def conjunction(self, left: syntax.Node, _and: Token, right: syntax.Node) -> syntax.Node:
        return _chain("and", left, right)

    def binary(self, left: syntax.Node, sign: Token, right: syntax.Node) -> syntax.Node:
        return syntax.Binary(_at(sign), str(sign), left, right)

    def between(self, value: syntax.Node, *parts: Any) -> syntax.Node:
        return syntax.Between(value.position, value, *_nodes(parts))

    def one_target(self, target: syntax.Node) -> tuple[syntax.Node, ...]:
        return (target,)

    def many_targets(self, *parts: Any) -> tuple[syntax.Node, ...]:
        return (parts[1], *parts[3])

    def contained(
        self, value: syntax.Node, _in: Token, targets: tuple[syntax.Node, ...]
    ) -> syntax.Node:
        return syntax.Contained(value.position, value, targets)

    def negation(self, sign: Token, operand: syntax.Node) -> syntax.Node:
        if isinstance(operand, syntax.Literal) and isinstance(operand.value, Decimal):
            return syntax.Literal(_at(sign), -operand.value)
        return syntax.Negation(_at(sign), operand)

    def instance_of(self, value: syntax.Node, _of: Token, type_: syntax.TypeNode) -> syntax.Node:
        return syntax.InstanceOf(value.position, value, type_)

    def path(self, value: syntax.Node, _dot: Token, name: Token) -> syntax.Node:
        return syntax.Path(_at(name), value, str(name))

    def filtered(self, value: syntax.Node, *parts: Any) -> syntax.Node:
        return syntax.Filtered(value.position, value, parts[1])

    def call(self, function: syntax.Node, *parts: Any) -> syntax.Node:
        given = next((part for part in parts if isinstance(part, tuple)), ())
        if given and isinstance(given[0], tuple):
            return syntax.Call(function.position, function, (), given)
        return syntax.Call(function.position, function, given, None)

    def arguments(self, *parts: Any) -> tuple[syntax.Node, ...]:
        return _nodes(parts)

    def named_arguments(self, *parts: Any) -> tuple[tuple[str, syntax.Node], ...]:
        return tuple(part for part in parts if isinstance(part, tuple))

    def named_argument(self, key: Token, _colon: Token, value: syntax.Node) -> Any:
        return str(key), value

    def number(self, token: Token) -> syntax.Node:
        try:
            return syntax.Literal(_at(token), number(str(token)))
        except DecimalException:
            return syntax.Literal(_at(token), None)

    def string(self, token: Token) -> syntax.Node:
        return syntax.Literal(_at(token), unescape(str(token)))

    def at_literal(self, sign: Token, token: Token) -> syntax.Node:
        try:
            return syntax.Literal(_at(sign), parse_temporal(unescape(str(token))))
        except ValueError:
            return syntax.Literal(_at(sign), None)

    def true(self, token: Token) -> syntax.Node:
        return syntax.Literal(_at(token), value=True)

    def false(self, token: Token) -> syntax.Node:
        return syntax.Literal(_at(token), value=False)

    def null(self, token: Token) -> syntax.Node:
        return syntax.Literal(_at(token), None)

    def name(self, token: Token) -> syntax.Node:
        return syntax.Name(_at(token), str(token))

    def grouped(self, _open: Token, inner: syntax.Node, _close: Token) -> syntax.Node:
        return inner

    def interval(self, *parts: Any) -> syntax.Node:
        opening, start, _, end, closing = parts
        return syntax.Interval(
            _at(opening), start, end, opening.type == "LSQB", closing.type == "RSQB"
        )

    def list(self, sign: Token, *parts: Any) -> syntax.Node:
        return syntax.ListLiteral(_at(sign), _nodes(parts))

    def context(self, sign: Token, *parts: Any) -> syntax.Node:
        return syntax.ContextLiteral(
            _at(sign), tuple(part for part in parts if isinstance(part, tuple))
        )

    def entry(self, key: Token, _colon: Token, value: syntax.Node) -> tuple[str, syntax.Node]:
        return (unescape(str(key)) if key.type == "STRING" else str(key)), value

    def conditional(self, sign: Token, *parts: Any) -> syntax.Node:
        return syntax.Conditional(_at(sign), *_nodes(parts))

    def iterator(self, name: Token, *parts: Any) -> syntax.Iterator:
        return syntax.Iterator(str(name), *_nodes(parts))

    def iteration(self, sign: Token, *parts: Any) -> syntax.Node:
        return syntax.Iteration(_at(sign), _iterators(parts), parts[-1])

    def quantified(self, sign: Token, *parts: Any) -> syntax.Node:
        return syntax.Quantified(_at(sign), sign.type == "EVERY", _iterators(parts), parts[-1])

    def function(self, sign: Token, *parts: Any) -> syntax.Node:
        parameters = next((part for part in parts if isinstance(part, tuple)), ())
        external = any(isinstance(part, Token) and part.type == "EXTERNAL" for part in parts)
        return syntax.FunctionLiteral(_at(sign), parameters, parts[-1], external)

    def parameters(self, *parts: Any) -> tuple[syntax.Parameter, ...]:
        return tuple(part for part in parts if isinstance(part, syntax.Parameter))

    def parameter(self, name: Token, *parts: Any) -> syntax.Parameter:
        return syntax.Parameter(str(name), _types(parts)[0] if _types(parts) else None)

    def named_type(self, *parts: Token) -> syntax.TypeNode:
        return syntax.TypeNode("".join(str(part) for part in parts))

    def generic_type(self, name: Token, *parts: Any) -> syntax.TypeNode:
        return syntax.TypeNode(str(name), _types(parts))

    def context_type(self, name: Token, *parts: Any) -> syntax.TypeNode:
        entries = tuple(part for part in parts if isinstance(part, tuple))
        return syntax.TypeNode(str(name), entries=entries)

    def function_type(self, *parts: Any) -> syntax.TypeNode:
        arguments = next((part for part in parts if isinstance(part, tuple)), ())
        return syntax.TypeNode("function", arguments, result=parts[-1])

    def any_function_type(self, _sign: Token) -> syntax.TypeNode:
        return syntax.TypeNode("function")

    def null_type(self, _sign: Token) -> syntax.TypeNode:
        return syntax.TypeNode("Null")

    def types(self, *parts: Any) -> tuple[syntax.TypeNode, ...]:
        return _types(parts)

    def type_entry(self, key: Token, _colon: Token, type_: syntax.TypeNode) -> Any:
        return str(key), type_


def parse_expression(
    text: str, names: frozenset[str] = frozenset(), limits: Limits = DEFAULT_LIMITS
) -> syntax.Node:
    """Read a FEEL expression.

    Args:
        text: the expression.
        names: the names in scope that are more than one word; others need not be given.
        limits: bounds on length and depth.

    Raises:
        ExpressionInvalid: the text does not follow the grammar.
        ExpressionTooLarge: it is longer or deeper than the limits allow.
    """
    node: syntax.Node = _parse(text, names, limits, "expression")
    return node


def parse_unary_tests(
    text: str, names: frozenset[str] = frozenset(), limits: Limits = DEFAULT_LIMITS
) -> syntax.UnaryTests:
    """Read the content of a decision table's cell; see `parse_expression`."""
    node: syntax.UnaryTests = _parse(text, names, limits, "unary_tests")
    return node


@lru_cache(maxsize=20_000)
def _parse(text: str, names: frozenset[str], limits: Limits, start: str) -> Any:
    tokens = Scanner(text, names, limits).tokens(unary=start == "unary_tests")
    try:
        return _parser().parse(tokens, start=start)
    except UnexpectedInput as error:
        token = getattr(error, "token", None)
        if token is None or token.type == "$END":
            raise syntax_error(text, len(text), END, _expected(error)) from error
        position, found = int(token.start_pos or 0), f"“{token}”"
        raise syntax_error(text, position, found, _expected(error)) from error


def _expected(error: UnexpectedInput) -> list[str]:
    names = sorted(getattr(error, "expected", ()) or ())
    return [_SHOWN[name] for name in names if name in _SHOWN][:_MOST_SHOWN] or [SOMETHING_ELSE]


@lru_cache(maxsize=1)
def _parser() -> Lark:
    grammar = FilePath(__file__).with_name("grammar.lark").read_text(encoding="utf-8")
    return Lark(
        grammar,
        parser="lalr",
        lexer=_Tokens,
        transformer=_Tree(),
        start=["expression", "unary_tests"],
    )


def _at(token: Token) -> int:
    return int(token.start_pos or 0)


def _nodes(parts: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(part for part in parts if isinstance(part, syntax.Node))


def _types(parts: tuple[Any, ...]) -> tuple[syntax.TypeNode, ...]:
    return tuple(part for part in parts if isinstance(part, syntax.TypeNode))


def _iterators(parts: tuple[Any, ...]) -> tuple[syntax.Iterator, ...]:
    return tuple(part for part in parts if isinstance(part, syntax.Iterator))


def _chain(operator: str, left: syntax.Node, right: syntax.Node) -> syntax.Node:
    """Keep ``a and b and c`` flat; brackets make no difference to its meaning."""
    if isinstance(left, syntax.Logical) and left.operator == operator:
        return syntax.Logical(left.position, operator, (*left.operands, right))
    return syntax.Logical(left.position, operator, (left, right))
