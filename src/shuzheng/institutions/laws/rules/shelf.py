"""A folder of law texts, looked up one at a time."""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path

from shuzheng.institutions.laws.rules.texts import (
    LawText,
    LawTextUnreadable,
    plain_title,
    read_law,
    version_in_name,
)


class Shelf:
    """Finds texts by title and version; reads a file only when it is asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._dated: dict[str, dict[date, Path]] = {}
        for path in sorted(folder.rglob("*.md")):
            title, version = version_in_name(path.stem)
            if version is None:
                law = self._read(path)
                title, version = (law.title, law.version) if law else (title, None)
            if version is not None:
                self._dated.setdefault(plain_title(title), {})[version] = path

    def versions(self, law: str) -> tuple[date, ...]:
        """Return the days of the versions the folder holds, oldest first."""
        return tuple(sorted(self._dated.get(plain_title(law), ())))

    def find(self, law: str, version: date) -> LawText | None:
        """Return the text of a version, or nothing."""
        path = self._dated.get(plain_title(law), {}).get(version)
        return self._read(path) if path else None

    def laws(self) -> Iterator[LawText]:
        """Yield every text that can be read."""
        for versions in self._dated.values():
            for path in versions.values():
                if law := self._read(path):
                    yield law

    @property
    def snapshot_on(self) -> date | None:
        """Return the day of the newest text: how far the folder reaches at least."""
        days = (day for versions in self._dated.values() for day in versions)
        return max(days, default=None)

    def _read(self, path: Path) -> LawText | None:
        try:
            return _read_file(path, path.relative_to(self._folder).as_posix())
        except LawTextUnreadable:
            return None


@lru_cache(maxsize=256)
def _read_file(path: Path, source: str) -> LawText:
    return read_law(path.stem, path.read_text(encoding="utf-8"), source=source)


@lru_cache(maxsize=2)
def open_shelf(folder: Path) -> Shelf | None:
    """Return the folder's shelf, or nothing where there is no such folder."""
    return Shelf(folder) if folder.is_dir() else None
