"""The source tree as the house rules see it: parsed modules, and the room each belongs to."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
SOURCE = CHECKOUT / "src" / "shuzheng"
FLOORS = ("infrastructure", "institutions", "data", "support", "applications")


@dataclass(frozen=True)
class Module:
    """One module: its dotted name and its syntax tree."""

    name: str
    tree: ast.Module

    @property
    def room(self) -> str:
        """Return ``floor.room``, empty outside the rooms."""
        parts = self.name.split(".")
        return ".".join(parts[1:3]) if len(parts) > 2 and parts[1] in FLOORS else ""

    @property
    def layer(self) -> str:
        """Return ``operations``, ``rules`` …: the part of the room the module belongs to."""
        parts = self.name.split(".")
        return parts[3] if self.room and len(parts) > 3 else ""


def sample(name: str, source: str) -> Module:
    """Make a module from a sentence of code, to show that a rule can fail."""
    return Module(name, ast.parse(source))


@cache
def modules() -> tuple[Module, ...]:
    """Return every module of the house except migrations."""
    return tuple(_modules())


def _modules() -> Iterator[Module]:
    for path in sorted(SOURCE.rglob("*.py")):
        inside = path.relative_to(SOURCE.parent).with_suffix("")
        if "migrations" in inside.parts or "node_modules" in inside.parts:
            continue
        parts = inside.parts[:-1] if inside.name == "__init__" else inside.parts
        yield Module(".".join(parts), ast.parse(path.read_text(), str(path)))


def rooms() -> tuple[Path, ...]:
    """Return the folder of every room."""
    return tuple(sorted(path.parent for path in SOURCE.glob("*/*/apps.py")))


def imports(module: Module) -> Iterator[str]:
    """Yield the dotted name of everything a module imports, the imported names included."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def calls(node: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    """Yield every call below a node with the dotted name it is written with."""
    for each in ast.walk(node):
        if isinstance(each, ast.Call) and (name := dotted(each.func)):
            yield name, each


def dotted(node: ast.AST) -> str:
    """Return ``a.b.c`` for a plain dotted name, empty for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        before = dotted(node.value)
        return f"{before}.{node.attr}" if before else ""
    return ""
