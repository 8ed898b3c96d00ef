import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuzheng.standards.area_code import (
    AreaLevel,
    ancestors_of,
    is_area_code,
    level_of,
    parent_of,
)

CELLS = st.from_regex(r"3308(02|03|22|24|25|81)[0-9]{9}", fullmatch=True)


@pytest.mark.parametrize(
    ("code", "level"),
    [
        ("330000", AreaLevel.PROVINCE),
        ("330800", AreaLevel.CITY),
        ("330881", AreaLevel.COUNTY),
        ("330802005", AreaLevel.TOWN),
        ("330802005001", AreaLevel.VILLAGE),
        ("330802005001002", AreaLevel.GRID_CELL),
    ],
)
def test_the_form_of_a_code_says_its_level(code, level):
    assert level_of(code) == level


@given(CELLS)
def test_every_cell_lies_in_a_village_a_town_a_county_a_city_and_a_province(cell):
    assert ancestors_of(cell) == (cell[:12], cell[:9], cell[:6], "330800", "330000")


@given(CELLS)
def test_a_parent_is_one_level_up(cell):
    levels = list(AreaLevel)

    assert levels.index(level_of(parent_of(cell))) == levels.index(level_of(cell)) - 1


@pytest.mark.parametrize(
    "text",
    ["", "33", "3308", "3308020050", "33080a", "000000", "330002", "330800001"],
)
def test_what_has_another_form_is_no_code(text):
    assert not is_area_code(text)
    with pytest.raises(ValueError, match="is not an area code"):
        level_of(text)
