"""What a kind of content is: its folder, its schema, its checks, and how it reaches the tables."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

from shuzheng.infrastructure.access.rules import Actor

FieldPath = tuple[str | int, ...]


class ContentModel(BaseModel):
    """The schema of one content item: unknown fields are refused, values do not change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in a content file, where, and what to do about it."""

    path: Path
    line: int
    field: str
    message: str
    remedy: str = ""

    def __str__(self) -> str:
        where = f"{self.path}:{self.line}" if self.line else f"{self.path}"
        named = f" 字段“{self.field}”：" if self.field else " "
        return f"{where}{named}{self.message.removesuffix('。')}。{self.remedy}"


@dataclass(frozen=True, slots=True)
class Item:
    """One item read from a content file.

    Attributes:
        line: line of the file where the item begins, from 1.
        digest: SHA-256 of the value and of the companion files, hexadecimal.
        lines: line of each field by its path inside the item.
    """

    kind: str
    key: str
    value: Any
    path: Path
    line: int
    digest: str
    lines: Mapping[FieldPath, int] = field(default_factory=dict, compare=False, repr=False)

    def read(self, name: str) -> bytes:
        """Return the bytes of a companion file beside the item's file."""
        return (self.path.parent / name).read_bytes()

    def has(self, name: str) -> bool:
        """Say whether there is a companion file of that name beside the item's file."""
        return (self.path.parent / name).is_file()

    def problem(self, *where: str | int, message: str, remedy: str = "") -> Problem:
        """Return a problem of this item at the line of the named field."""
        return Problem(
            path=self.path,
            line=line_of(self.lines, where, self.line),
            field=".".join(str(part) for part in where),
            message=message,
            remedy=remedy,
        )


def line_of(lines: Mapping[FieldPath, int], where: FieldPath, default: int) -> int:
    """Return the line of a field, or of the nearest field around it."""
    while where:
        if where in lines:
            return lines[where]
        where = where[:-1]
    return default


class Library:
    """All loaded content of a city, for checks across files."""

    def __init__(self, items: Iterable[Item] = ()) -> None:
        self._items: dict[str, dict[str, Item]] = {}
        for item in items:
            self._items.setdefault(item.kind, {})[item.key] = item

    def get(self, kind: str, key: str) -> Item | None:
        """Return the item of that kind and key, or nothing."""
        return self._items.get(kind, {}).get(key)

    def list(self, kind: str) -> tuple[Item, ...]:
        """Return all items of a kind, in the order of the files."""
        return tuple(self._items.get(kind, {}).values())

    def all(self) -> tuple[Item, ...]:
        """Return every item."""
        return tuple(item for items in self._items.values() for item in items.values())


Check = Callable[[Library], Iterable[Problem]]
Reader = Callable[[Library, Actor, datetime], None]


def _no_companions(_value: Any) -> tuple[str, ...]:
    return ()


def _nothing(_item: Item, _library: Library) -> tuple[Problem, ...]:
    return ()


def _no_use(_key: str) -> str:
    return ""


def _no_texts(_item: Item) -> tuple[str, ...]:
    return ()


def _as_applied(_item: Item) -> Mapping[str, bytes]:
    return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentKind:
    """A kind of content that a room understands.

    Attributes:
        folder: below the city's folder; every ``*.yaml`` in it (or ``<folder>.yaml``) holds one
            item (a mapping) or several (a list of mappings). A name with two suffixes, such as
            ``risk.cases.yaml``, is a companion and not an item.
        companions: names of the files beside the item's file that belong to it.
        optional_companions: the same for files that need not be there.
        check: what the schema cannot say; sees the whole library.
        apply: writes new and changed items into the room's tables.
        remove: takes away what is gone from the folder.
        use: a sentence saying what still uses the item (its removal is refused), or nothing.
        after: kinds that are applied before this one.
        texts: what citizens read of an item, sentence by sentence, for whoever translates it.
        published: for kinds that are also edited in the browser, the companion files of an item as
            they are in force now, an empty one for a file that is not there (see the README).
    """

    name: str
    folder: str
    model: type[ContentModel]
    key: Callable[[Any], str]
    apply: Callable[[tuple[Item, ...], Actor, datetime], None]
    remove: Callable[[tuple[str, ...], Actor, datetime], None]
    companions: Callable[[Any], tuple[str, ...]] = _no_companions
    optional_companions: Callable[[Any], tuple[str, ...]] = _no_companions
    check: Callable[[Item, Library], Iterable[Problem]] = _nothing
    use: Callable[[str], str] = _no_use
    after: tuple[str, ...] = ()
    texts: Callable[[Item], Iterable[str]] = _no_texts
    published: Callable[[Item], Mapping[str, bytes]] = _as_applied


class KindsInCircle(ValueError):
    """Kinds of content wait for each other."""


_kinds: dict[str, ContentKind] = {}
_checks: dict[str, tuple[Check, bool]] = {}
_readers: dict[str, Reader] = {}
_uses: dict[str, list[Callable[[str], str]]] = {}


def register_kind(kind: ContentKind) -> ContentKind:
    """Make a kind known; called once, when the room's ``content`` module is imported.

    Raises:
        ValueError: the name or the folder is taken by another kind.
    """
    for other in _kinds.values():
        if other.name == kind.name or other.folder == kind.folder:
            raise ValueError(f"content kind {kind.name!r} collides with {other.name!r}")
    _kinds[kind.name] = kind
    return kind


def register_check(name: str, check: Check, *, needs_tables: bool = False) -> None:
    """Add a check over the whole library, whatever the kinds of its items.

    A check that ``needs_tables`` is left out where content is looked at without a database.

    Raises:
        ValueError: the name is taken.
    """
    if name in _checks:
        raise ValueError(f"content check {name!r} is registered twice")
    _checks[name] = (check, needs_tables)


def register_reader(name: str, read: Reader) -> None:
    """Add somebody who reads the whole library when content is applied, after all kinds.

    Raises:
        ValueError: the name is taken.
    """
    if name in _readers:
        raise ValueError(f"content reader {name!r} is registered twice")
    _readers[name] = read


def register_use(kind: str, use: Callable[[str], str]) -> None:
    """Add what else may use items of a kind, from a room above the one that owns the kind."""
    _uses.setdefault(kind, []).append(use)


def use_of(kind: ContentKind, key: str) -> str:
    """Return the first sentence saying what uses an item, empty if nothing does."""
    sentences = (use(key) for use in (kind.use, *_uses.get(kind.name, [])))
    return next((sentence for sentence in sentences if sentence), "")


def registered_kinds() -> tuple[ContentKind, ...]:
    """Return all kinds in the order in which they are applied."""
    return in_order(_kinds.values())


def registered_checks(*, with_tables: bool) -> tuple[Check, ...]:
    """Return the checks over the whole library, those that need tables only where asked."""
    return tuple(check for check, needs in _checks.values() if with_tables or not needs)


def registered_readers() -> tuple[Reader, ...]:
    """Return those who read the whole library when content is applied."""
    return tuple(_readers.values())


def texts_of(library: Library, kinds: Iterable[ContentKind]) -> tuple[str, ...]:
    """Return each sentence once that citizens read of a city's content, in its order."""
    said = (
        text.strip()
        for kind in kinds
        for item in library.list(kind.name)
        for text in kind.texts(item)
    )
    return tuple(dict.fromkeys(text for text in said if text))


def in_order(kinds: Iterable[ContentKind]) -> tuple[ContentKind, ...]:
    """Sort kinds so that each comes after those it names; by name where free.

    Raises:
        KindsInCircle: they wait for each other.
    """
    waiting = {kind.name: kind for kind in sorted(kinds, key=lambda each: each.name)}
    done: list[ContentKind] = []
    while waiting:
        ready = [kind for kind in waiting.values() if not waiting.keys() & set(kind.after)]
        if not ready:
            raise KindsInCircle("内容类型互相等待: " + "、".join(waiting))
        done.extend(ready)
        for kind in ready:
            del waiting[kind.name]
    return tuple(done)
