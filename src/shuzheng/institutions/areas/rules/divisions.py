"""Read the tables of divisions that come with a city's content."""

import csv
import io
import json
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from shuzheng.infrastructure.content.rules import Item, Library
from shuzheng.institutions.areas.rules.areas import Area
from shuzheng.institutions.areas.rules.geometry import Boundary, boundary_of
from shuzheng.standards.area_code import AreaLevel, is_area_code, level_of, parent_of


class Row(NamedTuple):
    """One line of a table of divisions."""

    code: str
    name: str


def rows_of(item: Item) -> tuple[Row, ...]:
    """Return the divisions of a content item: those named in it, then its tables."""
    return _rows(item.path, item.digest, tuple(item.value.tables), _named(item))


def _named(item: Item) -> tuple[Row, ...]:
    return tuple(Row(each.code, each.name) for each in item.value.areas)


@lru_cache(maxsize=32)
def _rows(
    path: Path, _digest: str, tables: tuple[str, ...], named: tuple[Row, ...]
) -> tuple[Row, ...]:
    """Read the tables once for each state of the files."""
    return (*named, *(row for name in tables for row in read_table(path.with_name(name))))


def read_table(path: Path) -> tuple[Row, ...]:
    """Return the rows of a CSV file with at least the columns ``code`` and ``name``."""
    reader = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig", errors="replace")))
    return tuple(Row(row.get("code") or "", row.get("name") or "") for row in reader)


def boundaries_of(item: Item) -> tuple[Boundary, ...]:
    """Return the outlines in the item's GeoJSON file; each feature has the property ``code``."""
    if not item.value.boundaries:
        return ()
    collection = json.loads(item.read(item.value.boundaries))
    return tuple(
        boundary_of(each["properties"]["code"], each["geometry"]) for each in collection["features"]
    )


def codes_in(library: Library) -> frozenset[str]:
    """Return the codes of all divisions and grid cells of a city's content."""
    divisions = {row.code for item in library.list("division") for row in rows_of(item)}
    return frozenset(divisions | {item.key for item in library.list("grid_cell")})


def faults_in(rows: Iterable[Row]) -> tuple[str, ...]:
    """Return what is wrong with a table of divisions, one sentence each."""
    names: dict[str, str] = {}
    faults: list[str] = []
    for row in rows:
        if not is_area_code(row.code) or not row.name:
            faults.append(f"区划“{row.code} {row.name}”的代码格式不对或没有名称")
        elif row.code in names:
            faults.append(f"区划代码 {row.code} 出现了两次")
        elif "\ufffd" in row.name:
            faults.append(f"区划 {row.code} 的名称读不出来，文件应当是 UTF-8 编码")
        names[row.code] = row.name
    faults.extend(
        f"区划 {code} 的上级 {parent_of(code)} 不在表中"
        for code in names
        if is_area_code(code)
        and level_of(code) != AreaLevel.PROVINCE
        and parent_of(code) not in names
    )
    return tuple(faults)


def as_areas(rows: Iterable[Row]) -> tuple[Area, ...]:
    """Return the areas with levels, parents and full names (a province is left out of names)."""
    names = {row.code: row.name for row in rows}
    return tuple(
        Area(
            code=code,
            name=name,
            level=level_of(code).value,
            parent=parent_of(code),
            full_name=full_name(code, names),
        )
        for code, name in names.items()
    )


def full_name(code: str, names: Mapping[str, str]) -> str:
    """Return the name with those of the areas around it, from the city down."""
    if level_of(code) in {AreaLevel.PROVINCE, AreaLevel.CITY}:
        return names[code]
    parent = parent_of(code)
    return (full_name(parent, names) if parent in names else "") + names[code]


def sort_key(name: str) -> str:
    """Return the key that orders Chinese names by sound, then by tone, then by character.

    >>> sorted(["衢江区", "柯城区", "常山县"], key=sort_key)
    ['常山县', '柯城区', '衢江区']
    """
    # Only applying areas sorts them; its readings take 40 MB.
    from pypinyin import Style, lazy_pinyin

    tones = lazy_pinyin(name, style=Style.TONE3, neutral_tone_with_five=True)
    return " ".join([*lazy_pinyin(name), "|", *tones, "|", name])[:200]
