"""Divisions (tables and outlines) and grid cells of a city."""

import json
from collections.abc import Iterator
from datetime import datetime

from pydantic import Field

from shuzheng.infrastructure.access.rules import Actor
from shuzheng.infrastructure.content.rules import (
    ContentKind,
    ContentModel,
    Item,
    Library,
    Problem,
    register_kind,
)
from shuzheng.institutions.areas import models
from shuzheng.institutions.areas.rules import (
    Area,
    as_areas,
    boundaries_of,
    codes_in,
    faults_in,
    rows_of,
    sort_key,
)
from shuzheng.standards.area_code import parent_of

MOST_FAULTS_SHOWN = 10


class NamedArea(ContentModel):
    """An area that no table names."""

    code: str
    name: str = Field(min_length=1)


class DivisionContent(ContentModel):
    """A city's divisions: CSV tables with ``code`` and ``name``, and outlines as GeoJSON."""

    code: str = Field(min_length=1)
    source: str = Field(min_length=1)
    areas: tuple[NamedArea, ...] = ()
    tables: tuple[str, ...] = ()
    boundaries: str = ""


class GridCellContent(ContentModel):
    """A grid cell: the twelve digits of its village and three of its own."""

    code: str = Field(pattern=r"^[0-9]{15}$")
    name: str = Field(min_length=1)


def companions(value: DivisionContent) -> tuple[str, ...]:
    """Return the files of a city's divisions."""
    return (*value.tables, *([value.boundaries] if value.boundaries else []))


def check_division(item: Item, _library: Library) -> Iterator[Problem]:
    """Codes have a right form and a parent; outlines belong to known areas."""
    rows = rows_of(item)
    for fault in faults_in(rows)[:MOST_FAULTS_SHOWN]:
        yield item.problem("tables", message=fault, remedy="请改正区划表。")
    try:
        outlined = {each.area for each in boundaries_of(item)}
    except (ValueError, KeyError, json.JSONDecodeError) as error:
        yield item.problem("boundaries", message=f"边界文件读不出来({error})")
        return
    for area in sorted(outlined - {row.code for row in rows}):
        yield item.problem("boundaries", message=f"边界的区划代码 {area} 不在表中")


def check_grid_cell(item: Item, library: Library) -> Iterator[Problem]:
    """A grid cell lies in a known village."""
    village = parent_of(item.key)
    if village not in codes_in(library):
        yield item.problem(
            "code",
            message=f"网格 {item.key} 所属的村(社区) {village} 不在区划表中",
            remedy="前十二位应是村(社区)代码。",
        )


def apply_divisions(items: tuple[Item, ...], _by: Actor, _at: datetime) -> None:
    """Write areas and outlines; areas that left the table are taken away."""
    for item in items:
        areas = as_areas(rows_of(item))
        gone = models.Area.objects.filter(division=item.key)
        gone.exclude(code__in=[area.code for area in areas]).delete()
        _write([_row(area, division=item.key) for area in areas])
        models.Boundary.objects.filter(division=item.key).delete()
        models.Boundary.objects.bulk_create(
            models.Boundary(area=each.area, geometry=each.geometry, division=item.key)
            for each in boundaries_of(item)
        )
        models.Division.objects.update_or_create(code=item.key, defaults={"digest": item.digest})


def apply_grid_cells(items: tuple[Item, ...], _by: Actor, _at: datetime) -> None:
    """Write grid cells below their villages."""
    villages = models.Area.objects.in_bulk([parent_of(i.key) for i in items], field_name="code")
    _write([_row(_grid_cell(item, villages[parent_of(item.key)])) for item in items])


def _grid_cell(item: Item, village: models.Area) -> Area:
    name = item.value.name
    return Area(item.key, name, "grid_cell", village.code, village.full_name + name)


def _row(area: Area, division: str = "") -> models.Area:
    return models.Area(
        code=area.code,
        name=area.name,
        level=area.level,
        parent=area.parent,
        full_name=area.full_name,
        sort_key=sort_key(area.name),
        division=division,
    )


def _write(rows: list[models.Area]) -> None:
    models.Area.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name", "level", "parent", "full_name", "sort_key", "division"],
    )


def remove_divisions(keys: tuple[str, ...], _by: Actor, _at: datetime) -> None:
    """Take a city's divisions away."""
    models.Area.objects.filter(division__in=keys).delete()
    models.Boundary.objects.filter(division__in=keys).delete()
    models.Division.objects.filter(code__in=keys).delete()


def remove_grid_cells(keys: tuple[str, ...], _by: Actor, _at: datetime) -> None:
    """Take grid cells away."""
    models.Area.objects.filter(code__in=keys).delete()


DIVISIONS = register_kind(
    ContentKind(
        name="division",
        folder="areas",
        model=DivisionContent,
        key=lambda value: value.code,
        companions=companions,
        check=check_division,
        apply=apply_divisions,
        remove=remove_divisions,
    )
)
GRID_CELLS = register_kind(
    ContentKind(
        name="grid_cell",
        folder="areas/grid_cells",
        model=GridCellContent,
        key=lambda value: value.code,
        check=check_grid_cell,
        apply=apply_grid_cells,
        remove=remove_grid_cells,
        after=("division",),
    )
)
