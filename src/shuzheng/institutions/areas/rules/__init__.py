"""Divisions, their outlines and the grid cells below them."""

from shuzheng.institutions.areas.rules.areas import Area, AreaRefusal, AreaUnknown
from shuzheng.institutions.areas.rules.divisions import (
    as_areas,
    boundaries_of,
    codes_in,
    faults_in,
    full_name,
    read_table,
    rows_of,
    sort_key,
)
from shuzheng.institutions.areas.rules.geometry import Boundary, boundary_of, crossings

__all__ = [
    "Area",
    "AreaRefusal",
    "AreaUnknown",
    "Boundary",
    "as_areas",
    "boundaries_of",
    "boundary_of",
    "codes_in",
    "crossings",
    "faults_in",
    "full_name",
    "read_table",
    "rows_of",
    "sort_key",
]
