"""What was published in the browser since its files were last applied, and how the two agree."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from shuzheng.infrastructure.content.rules.kinds import ContentKind, Item, Library

Standing = Literal["caught_up", "ahead", "conflict"]
SENTENCES: dict[Standing, str] = {
    "caught_up": "文件已与网页上发布的一致",
    "ahead": "文件没有改过，保留网页上发布的；用 shuzheng export 写回文件",
    "conflict": "文件也改过；请先用 shuzheng export 写回文件再合并，"
    "或用 --overwrite {name} 以文件为准",
}
GONE = "文件中已删去；请放回文件，或用 --overwrite {name} 停用它"


@dataclass(frozen=True, slots=True)
class Edit:
    """Somebody published an item in the browser.

    Attributes:
        by: name of who published it.
        published_as: what it was published as, in words, such as “第 3 版”.
    """

    at: datetime
    by: str
    published_as: str


@dataclass(frozen=True, slots=True)
class Applied:
    """An item as its files were last applied.

    Attributes:
        digest: of the files then.
        edit: the last publication in the browser since, None if there was none.
    """

    digest: str
    edit: Edit | None = None


@dataclass(frozen=True, slots=True)
class EditedItem:
    """An item that was published in the browser since its files were last applied.

    Attributes:
        standing: ``caught_up`` — the files say what was published; ``ahead`` — the files are as
            they were applied, what was published stays; ``conflict`` — the files changed as well.
        item: as the files have it, None if it is gone from them.
    """

    kind: str
    key: str
    standing: Standing
    edit: Edit
    item: Item | None

    @property
    def name(self) -> str:
        """What `--overwrite` calls it."""
        return f"{self.kind}:{self.key}"

    def __str__(self) -> str:
        said = (SENTENCES[self.standing] if self.item else GONE).format(name=self.name)
        return f"{self.name}：{self.edit.by} 在网页上发布了{self.edit.published_as}；{said}。"


def edited_items(
    library: Library, applied: Mapping[tuple[str, str], Applied], kinds: Collection[ContentKind]
) -> Iterator[EditedItem]:
    """Yield what was published in the browser, beside what the files say of it now."""
    for kind in kinds:
        for (name, key), row in sorted(applied.items()):
            if name == kind.name and row.edit is not None:
                item = library.get(name, key)
                standing = _standing(item, row.digest, kind) if item else "conflict"
                yield EditedItem(name, key, standing, row.edit, item)


def _standing(item: Item, digest: str, kind: ContentKind) -> Standing:
    if not any(differing(item, kind.published(item))):
        return "caught_up"
    return "ahead" if item.digest == digest else "conflict"


def differing(item: Item, published: Mapping[str, bytes]) -> Iterator[str]:
    """Yield the names of the files beside an item that say something else than was published.

    An empty file and none are the same.
    """
    for name, text in published.items():
        if (item.read(name) if item.has(name) else b"") != text:
            yield name
