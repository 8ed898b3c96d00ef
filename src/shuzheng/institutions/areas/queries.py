"""Where something is."""

from collections.abc import Iterable
from functools import lru_cache

from django.db.models import Count

from shuzheng.institutions.areas import models
from shuzheng.institutions.areas.rules import Area, AreaUnknown, Boundary, boundary_of


def get_area(code: str) -> Area:
    """Return an area.

    Raises:
        AreaUnknown: no area has this code.
    """
    row = models.Area.objects.filter(code=code).first()
    if row is None:
        raise AreaUnknown(area=code)
    return _area(row)


def has_area(code: str) -> bool:
    """Say whether there is such an area."""
    return models.Area.objects.filter(code=code).exists()


def list_children(code: str) -> tuple[Area, ...]:
    """Return the areas right below, ordered by sound; an unknown area has none."""
    rows = models.Area.objects.filter(parent=code).order_by("sort_key", "code")
    return tuple(_area(row) for row in rows)


def count_children(codes: Iterable[str]) -> dict[str, int]:
    """Return how many areas lie right below each of these; those without any are left out."""
    rows = models.Area.objects.filter(parent__in=tuple(codes)).values("parent")
    return {row["parent"]: row["count"] for row in rows.annotate(count=Count("pk"))}


def list_areas(level: str) -> tuple[Area, ...]:
    """Return all areas of a level, ordered by sound."""
    rows = models.Area.objects.filter(level=level).order_by("sort_key", "code")
    return tuple(_area(row) for row in rows)


def list_boundaries() -> tuple[Boundary, ...]:
    """Return all outlines, the smallest areas first (longest codes, counties before cities)."""
    digests = models.Division.objects.order_by("code").values_list("digest", flat=True)
    return _boundaries(tuple(digests))


def area_at(longitude: float, latitude: float) -> Area | None:
    """Return the smallest area with an outline around the point (WGS 84 degrees), or nothing."""
    for boundary in list_boundaries():
        if boundary.contains(longitude=longitude, latitude=latitude):
            return get_area(boundary.area)
    return None


@lru_cache(maxsize=2)
def _boundaries(_digests: tuple[str, ...]) -> tuple[Boundary, ...]:
    """Read the outlines once for each state of the content."""
    rows = models.Boundary.objects.all()
    found = [boundary_of(row.area, row.geometry) for row in rows]
    return tuple(sorted(found, key=_smallest_first))


def _smallest_first(boundary: Boundary) -> tuple[int, bool, str]:
    return (-len(boundary.area), boundary.area.endswith("00"), boundary.area)


def _area(row: models.Area) -> Area:
    return Area(
        code=row.code,
        name=row.name,
        level=row.level,
        parent=row.parent,
        full_name=row.full_name,
    )
