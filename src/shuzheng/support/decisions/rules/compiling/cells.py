"""Unary tests: what the value ``?`` must pass, in a table's cell or after ``in``."""

from collections.abc import Callable
from typing import Any

from shuzheng.support.decisions.rules import syntax
from shuzheng.support.decisions.rules.comparison import compare, passes
from shuzheng.support.decisions.rules.compiling.base import Setting, compile_tree
from shuzheng.support.decisions.rules.scope import Compute, Scope


@compile_tree.register
def _(node: syntax.Contained, setting: Setting) -> Compute:
    value = compile_tree(node.value, setting)
    targets = tuple(compile_test(target, setting) for target in node.targets)

    def decide(scope: Scope) -> bool | None:
        inner = scope.inner({"?": value(scope)})
        found = [target(inner) for target in targets]
        if True in found:
            return True
        return None if None in found else False

    return decide


def compile_test(node: syntax.Node, setting: Setting) -> Compute:
    """Turn one test of the value ``?`` into a function that says true, false or null."""
    if isinstance(node, syntax.OperatorTest):
        operand, operator = compile_tree(node.operand, setting), node.operator
        return lambda scope: compare(operator, scope.find("?"), operand(scope))
    target = compile_tree(node, setting)
    if mentions_input(node):
        return lambda scope: target(scope) is True
    computed = not isinstance(node, syntax.Literal)

    def decide(scope: Scope) -> bool | None:
        value, wanted = scope.find("?"), target(scope)
        if computed and wanted is True and type(value) is not bool and type(value) is not list:
            return True
        return passes(value, wanted)

    return decide


def mentions_input(node: Any) -> bool:
    """Say whether a tree uses ``?``, and so is a condition rather than a value to compare with."""
    if isinstance(node, syntax.Name):
        return node.name == "?"
    if isinstance(node, tuple):
        return any(mentions_input(each) for each in node)
    if not isinstance(node, syntax.Node | syntax.Iterator):
        return False
    return any(mentions_input(getattr(node, name)) for name in node.__dataclass_fields__)


def compile_unary(node: syntax.UnaryTests, setting: Setting) -> Callable[[Scope], bool]:
    """Turn a cell into a function that says whether ``?`` passes."""
    tests = tuple(compile_test(test, setting) for test in node.tests)
    if not tests:
        return lambda _scope: True
    if node.negated:
        return lambda scope: all(test(scope) is False for test in tests)
    if len(tests) == 1:
        only = tests[0]
        return lambda scope: only(scope) is True
    return lambda scope: any(test(scope) is True for test in tests)
