"""Read YAML with the line of every field; only what people write without surprises is guessed.

YAML 1.1 reads ``on`` as true, ``012`` as ten and ``8:30`` as 510. Here only ``true``/``false``,
plain decimal numbers, dates and null are anything but text.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from shuzheng.infrastructure.content.rules.kinds import FieldPath, Problem

_RESOLVERS = (
    ("bool", r"true|false", "tf"),
    ("null", r"null|~|", "n~"),
    ("int", r"[-+]?(?:0|[1-9][0-9]*)", "-+0123456789"),
    ("float", r"[-+]?(?:0|[1-9][0-9]*)\.[0-9]+", "-+0123456789"),
    ("timestamp", r"[0-9]{4}-[0-9]{2}-[0-9]{2}", "0123456789"),
)


class _PlainLoader(yaml.CSafeLoader):
    """A safe loader with the few guesses above; libyaml scans ten times faster than Python."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}


for _tag, _pattern, _first in _RESOLVERS:
    _PlainLoader.add_implicit_resolver(
        f"tag:yaml.org,2002:{_tag}",
        re.compile(rf"^(?:{_pattern})$"),
        [*_first, *([""] if _tag == "null" else [])],
    )


@dataclass(frozen=True, slots=True)
class Entry:
    """One mapping of a file, before its schema is looked at."""

    data: Any
    line: int
    lines: dict[FieldPath, int]


def read_entries(path: Path) -> tuple[tuple[Entry, ...], tuple[Problem, ...]]:
    """Return the mappings of a YAML file and what is wrong with the file itself."""
    try:
        return _read(path)
    except UnicodeDecodeError:
        return (), (Problem(path, 0, "", "文件不是 UTF-8 编码", "请另存为 UTF-8。"),)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 0
        message = f"YAML 写法有误({error.problem or error.context})"
        return (), (Problem(path, line, "", message, "请检查缩进、冒号和引号。"),)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        return (), (Problem(path, 0, "", f"YAML 读不出来({error})", "请检查该文件。"),)


def _read(path: Path) -> tuple[tuple[Entry, ...], tuple[Problem, ...]]:
    loader = _PlainLoader(path.read_text(encoding="utf-8"))
    try:
        root = loader.get_single_node()
        if root is None:
            return (), (Problem(path, 1, "", "文件是空的", "请写入内容或删去文件。"),)
        nodes = root.value if isinstance(root, yaml.SequenceNode) else [root]
        problems = tuple(each for node in nodes for each in _repeated_keys(node, path))
        entries = tuple(_entry(loader, node) for node in nodes)
    finally:
        loader.dispose()
    return entries, problems


def _entry(loader: _PlainLoader, node: yaml.Node) -> Entry:
    lines: dict[FieldPath, int] = {}
    _collect_lines(node, (), lines)
    return Entry(
        data=loader.construct_object(node, deep=True),
        line=node.start_mark.line + 1,
        lines=lines,
    )


def _collect_lines(node: yaml.Node, where: FieldPath, lines: dict[FieldPath, int]) -> None:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            inner = (*where, str(key.value))
            lines[inner] = key.start_mark.line + 1
            _collect_lines(value, inner, lines)
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            lines[(*where, index)] = value.start_mark.line + 1
            _collect_lines(value, (*where, index), lines)


def _repeated_keys(node: yaml.Node, path: Path) -> list[Problem]:
    if isinstance(node, yaml.SequenceNode):
        return [each for value in node.value for each in _repeated_keys(value, path)]
    if not isinstance(node, yaml.MappingNode):
        return []
    problems: list[Problem] = []
    seen: set[str] = set()
    for key, value in node.value:
        name = str(key.value)
        if name in seen:
            line = key.start_mark.line + 1
            problems.append(Problem(path, line, name, "同一字段写了两次", "请只留一处。"))
        seen.add(name)
        problems.extend(_repeated_keys(value, path))
    return problems
