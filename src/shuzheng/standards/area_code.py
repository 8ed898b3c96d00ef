"""Codes of divisions (GB/T 2260, GB/T 10114, 统计用区划代码) and grid cells below them.

Six digits name a province, city or county, nine a town, twelve a village or community; a grid
cell adds three to its community's twelve, fifteen in all (CJ/T 213: 6 + 3 + 3 + 3).
"""

from enum import StrEnum


class AreaLevel(StrEnum):
    """How far down a division is."""

    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    TOWN = "town"
    VILLAGE = "village"
    GRID_CELL = "grid_cell"


_LEVELS_BY_LENGTH = {9: AreaLevel.TOWN, 12: AreaLevel.VILLAGE, 15: AreaLevel.GRID_CELL}


def is_area_code(text: str) -> bool:
    """Say whether the text has the form of a code; not whether such an area exists."""
    return (
        text.isascii()
        and text.isdecimal()
        and len(text) in {6, 9, 12, 15}
        and text[:2] != "00"
        and (text[2:4] != "00" or text[4:6] == "00")
        and (len(text) == 6 or text[4:6] != "00")  # noqa: PLR2004
    )


def level_of(code: str) -> AreaLevel:
    """Return the level that the code's form says.

    >>> level_of("330800").value, level_of("330802005001").value
    ('city', 'village')

    Raises:
        ValueError: it is not an area code.
    """
    if not is_area_code(code):
        raise ValueError(f"{code!r} is not an area code")
    if len(code) in _LEVELS_BY_LENGTH:
        return _LEVELS_BY_LENGTH[len(code)]
    if code.endswith("0000"):
        return AreaLevel.PROVINCE
    return AreaLevel.CITY if code.endswith("00") else AreaLevel.COUNTY


def parent_of(code: str) -> str:
    """Return the code of the division around this one; a province has none.

    >>> parent_of("330802005001001"), parent_of("330802"), parent_of("330000")
    ('330802005001', '330800', '')
    """
    match level_of(code):
        case AreaLevel.PROVINCE:
            return ""
        case AreaLevel.CITY:
            return code[:2] + "0000"
        case AreaLevel.COUNTY:
            return code[:4] + "00"
        case _:
            return code[:-3]


def ancestors_of(code: str) -> tuple[str, ...]:
    """Return the codes around this one, from the nearest up to the province."""
    parent = parent_of(code)
    return (parent, *ancestors_of(parent)) if parent else ()
