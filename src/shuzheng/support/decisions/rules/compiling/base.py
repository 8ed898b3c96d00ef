"""From tree to closures: each node becomes a function of the scope; nothing is ever `eval`-ed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import singledispatch

from shuzheng.support.decisions.rules.errors import ExpressionTooLarge
from shuzheng.support.decisions.rules.limits import DEFAULT_LIMITS, NESTING, Limits
from shuzheng.support.decisions.rules.scope import Compute
from shuzheng.support.decisions.rules.syntax import Node
from shuzheng.support.decisions.rules.types import Type


@dataclass(frozen=True, slots=True)
class Setting:
    """What is known where a text stands.

    Attributes:
        names: names in scope of more than one word.
        types: item definitions by name.
        limits: bounds.
    """

    names: frozenset[str] = frozenset()
    types: Mapping[str, Type] = field(default_factory=dict)
    limits: Limits = DEFAULT_LIMITS


def compile_node(node: Node, setting: Setting) -> Compute:
    """Turn a tree into a function of the scope.

    Raises:
        ExpressionTooLarge: the tree is deeper than Python can follow.
    """
    try:
        return compile_tree(node, setting)
    except RecursionError as error:
        raise ExpressionTooLarge(measure=NESTING, limit=setting.limits.expression_depth) from error


@singledispatch
def compile_tree(node: Node, setting: Setting) -> Compute:
    """Turn a tree into a function of the scope; each kind of node registers its own way."""
    raise TypeError(f"{type(node).__name__} {setting}")
