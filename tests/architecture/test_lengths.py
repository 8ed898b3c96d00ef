"""A function is read in one glance, a module in one sitting; docstrings are counted."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.tree import CHECKOUT, SOURCE, Module, modules, sample

MOST_LINES_OF_A_FUNCTION = 40
MOST_LINES_OF_A_MODULE = 300


def long_functions(module: Module) -> Iterator[str]:
    """Yield the functions of a module that are over the limit, with their lines."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > MOST_LINES_OF_A_FUNCTION:
                yield f"{module.name}.{node.name}: {lines}"


def long_modules(*folders: Path) -> Iterator[str]:
    """Yield the modules below the folders that are over the limit; migrations are not read."""
    for path in sorted(path for folder in folders for path in folder.rglob("*.py")):
        lines = len(path.read_text(encoding="utf-8").splitlines())
        if lines > MOST_LINES_OF_A_MODULE and path.parent.name != "migrations":
            yield f"{path.name}: {lines}"


def test_no_function_is_over_forty_lines():
    assert [each for module in modules() for each in long_functions(module)] == []


def test_no_module_is_over_three_hundred_lines():
    assert list(long_modules(SOURCE, CHECKOUT / "tests")) == []


def test_a_function_of_forty_one_lines_is_noticed():
    def of(lines: int) -> list[str]:
        body = "    pass\n" * (lines - 1)
        source = f"async def act():\n{body}"
        return list(long_functions(sample("shuzheng.support.cases.rules", source)))

    assert of(40) == []
    assert of(41) == ["shuzheng.support.cases.rules.act: 41"]


def test_a_module_of_three_hundred_and_one_lines_is_noticed(tmp_path):
    path = tmp_path / "long.py"
    path.write_text("pass\n" * 300)
    assert list(long_modules(tmp_path)) == []
    path.write_text("pass\n" * 301)
    assert list(long_modules(tmp_path)) == ["long.py: 301"]
