"""A function is read in one glance: at most 40 lines, its docstring included."""

import ast
from collections.abc import Iterator

from tests.architecture.tree import Module, modules, sample

MOST_LINES = 40


def too_long(module: Module) -> Iterator[str]:
    """Yield the functions of a module that are over the limit, with their lines."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > MOST_LINES:
                yield f"{module.name}.{node.name}: {lines}"


def test_no_function_is_over_forty_lines():
    assert [each for module in modules() for each in too_long(module)] == []


def test_a_function_of_forty_one_lines_is_noticed():
    def of(lines: int) -> list[str]:
        body = "    pass\n" * (lines - 1)
        return list(too_long(sample("shuzheng.support.cases.rules", f"async def act():\n{body}")))

    assert of(40) == []
    assert of(41) == ["shuzheng.support.cases.rules.act: 41"]
