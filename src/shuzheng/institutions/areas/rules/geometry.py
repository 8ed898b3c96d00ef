"""Point in polygon by counting how often a ray to the east crosses the boundary."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

Ring = Sequence[Sequence[float]]
Polygon = Sequence[Ring]


@dataclass(frozen=True, slots=True)
class Boundary:
    """The outline of an area: polygons of rings of longitude and latitude (GeoJSON order)."""

    area: str
    polygons: tuple[Polygon, ...]

    @property
    def geometry(self) -> dict[str, Any]:
        """Return the outline as a GeoJSON geometry."""
        return {"type": "MultiPolygon", "coordinates": list(self.polygons)}

    def contains(self, *, longitude: float, latitude: float) -> bool:
        """Say whether the point lies inside; holes are outside."""
        return any(
            sum(crossings(ring, longitude=longitude, latitude=latitude) for ring in polygon) % 2
            for polygon in self.polygons
        )


def boundary_of(area: str, geometry: dict[str, Any]) -> Boundary:
    """Return the boundary of a GeoJSON polygon or multi-polygon.

    Raises:
        ValueError: the geometry is of another type.
    """
    match geometry.get("type"):
        case "Polygon":
            return Boundary(area, (geometry["coordinates"],))
        case "MultiPolygon":
            return Boundary(area, tuple(geometry["coordinates"]))
        case other:
            raise ValueError(f"{other!r} is not the outline of an area")


def crossings(ring: Ring, *, longitude: float, latitude: float) -> int:
    """Return how many edges of the ring a ray from the point to the east crosses."""
    edges = zip(ring, [*ring[1:], ring[0]], strict=True)
    return sum(
        (start[1] > latitude) != (end[1] > latitude)
        and longitude < _longitude_at(start, end, latitude)
        for start, end in edges
    )


def _longitude_at(start: Sequence[float], end: Sequence[float], latitude: float) -> float:
    share = (latitude - start[1]) / (end[1] - start[1])
    return start[0] + share * (end[0] - start[0])
