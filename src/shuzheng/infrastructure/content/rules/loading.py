"""Load a city's folder: every file belongs to one kind, every item fits its schema."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from shuzheng.infrastructure.content.rules.kinds import (
    Check,
    ContentKind,
    FieldPath,
    Item,
    Library,
    Problem,
    line_of,
)
from shuzheng.infrastructure.content.rules.reading import Entry, read_entries
from shuzheng.infrastructure.content.rules.wording import sentence_of


@dataclass(frozen=True, slots=True)
class Loaded:
    """A city's content as read, with everything that is wrong with it."""

    library: Library
    problems: tuple[Problem, ...]


def load_city(folder: Path, kinds: tuple[ContentKind, ...], checks: tuple[Check, ...]) -> Loaded:
    """Read and check all content below a city's folder; nothing is written."""
    if not folder.is_dir():
        problem = Problem(folder, 0, "", "没有这个城市文件夹", "请核对路径。")
        return Loaded(Library(), (problem,))
    problems: list[Problem] = []
    items: dict[tuple[str, str], Item] = {}
    for path in _files(folder):
        kind = _kind_of(path.relative_to(folder), kinds)
        if kind is None:
            problems.append(
                Problem(path, 0, "", "这个位置不属于任何内容类型", "请移到正确的文件夹。")
            )
            continue
        for item in _read_items(path, kind, problems):
            first = items.setdefault((item.kind, item.key), item)
            if first is not item:
                problems.append(_twice(item, first))
    library = Library(items.values())
    problems.extend(_check(library, kinds, checks))
    return Loaded(library, tuple(problems))


def _files(folder: Path) -> list[Path]:
    return sorted(
        path
        for path in folder.rglob("*.y*ml")
        if len(path.suffixes) == 1 and path.suffix in {".yaml", ".yml"}
    )


def _kind_of(path: Path, kinds: Iterable[ContentKind]) -> ContentKind | None:
    """Return the kind with the longest folder around the file."""
    place = path.with_suffix("").as_posix()
    fitting = [kind for kind in kinds if f"{place}/".startswith(f"{kind.folder}/")]
    return max(fitting, key=lambda kind: len(kind.folder), default=None)


def _read_items(path: Path, kind: ContentKind, problems: list[Problem]) -> list[Item]:
    entries, broken = read_entries(path)
    problems.extend(broken)
    items = (_item(path, kind, entry, problems) for entry in entries)
    return [item for item in items if item is not None]


def _item(path: Path, kind: ContentKind, entry: Entry, problems: list[Problem]) -> Item | None:
    try:
        value = kind.model.model_validate(entry.data)
    except ValidationError as error:
        problems.extend(_schema_problems(path, entry, error))
        return None
    companions = kind.companions(value)
    missing = [name for name in companions if not (path.parent / name).is_file()]
    problems.extend(
        Problem(path, entry.line, "", f"缺少配套文件 {name}", "请把它放在同一文件夹。")
        for name in missing
    )
    if missing:
        return None
    files = [path.parent / name for name in (*companions, *kind.optional_companions(value))]
    return Item(
        kind=kind.name,
        key=kind.key(value),
        value=value,
        path=path,
        line=entry.line,
        digest=_digest(value.model_dump(mode="json"), [each for each in files if each.is_file()]),
        lines=entry.lines,
    )


def _schema_problems(path: Path, entry: Entry, error: ValidationError) -> list[Problem]:
    problems = []
    errors = error.errors(include_url=False, include_context=True)
    for each in errors:
        where = each["loc"]
        if each["type"] == "too_short" and any(_is_inside(other["loc"], where) for other in errors):
            continue
        message, remedy = sentence_of(each)
        name = ".".join(str(part) for part in where)
        line = line_of(entry.lines, where, entry.line)
        problems.append(Problem(path, line, name, message, remedy))
    return problems


def _is_inside(where: FieldPath, around: FieldPath) -> bool:
    return len(where) > len(around) and where[: len(around)] == around


def _digest(value: object, companions: list[Path]) -> str:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    digest = hashlib.sha256(text.encode())
    for path in companions:
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _twice(item: Item, first: Item) -> Problem:
    return Problem(
        path=item.path,
        line=item.line,
        field="",
        message=f"“{item.key}”已在 {first.path}:{first.line} 定义过",
        remedy="请只留一处，或换一个编码。",
    )


def _check(
    library: Library, kinds: Iterable[ContentKind], checks: Iterable[Check]
) -> list[Problem]:
    by_item = [
        problem
        for kind in kinds
        for item in library.list(kind.name)
        for problem in kind.check(item, library)
    ]
    return by_item + [problem for check in checks for problem in check(library)]
