import shutil

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from shuzheng.infrastructure.access.rules import system
from shuzheng.infrastructure.content import operations as content
from shuzheng.infrastructure.content.rules import load_city
from shuzheng.institutions.areas.content import DIVISIONS, GRID_CELLS
from shuzheng.institutions.areas.queries import (
    area_at,
    get_area,
    has_area,
    list_areas,
    list_boundaries,
    list_children,
)
from shuzheng.institutions.areas.rules import (
    Area,
    AreaUnknown,
    as_areas,
    boundary_of,
    codes_in,
    faults_in,
    rows_of,
    sort_key,
)
from shuzheng.institutions.areas.rules.divisions import Row

CITIES = settings.PROJECT_FOLDER / "cities"


@pytest.fixture
def folder(tmp_path):
    """A city of areas alone."""
    return shutil.copytree(CITIES / "example/areas", tmp_path / "city/areas").parent


@pytest.fixture
def qingshi(db, at, folder):
    content.apply_city(folder=folder, by=system("test"), reason="测试", at=at)


@pytest.mark.usefixtures("qingshi")
class TestTheInventedCity:
    def test_an_area_is_found_by_code_with_its_full_name(self):
        assert get_area("990102100201") == Area(
            code="990102100201",
            name="上坪村",
            level="village",
            parent="990102100",
            full_name="青石市西岭县云岭镇上坪村",
        )

    def test_a_grid_cell_lies_in_its_village(self):
        cell = get_area("990101001001002")

        assert (cell.level, cell.parent) == ("grid_cell", "990101001001")
        assert cell.full_name == "青石市东溪区渡口街道码头社区第二网格"

    def test_an_unknown_code_is_refused_in_words(self):
        assert not has_area("990199")
        with pytest.raises(AreaUnknown, match="没有代码为“990199”的行政区划"):
            get_area("990199")

    def test_children_and_levels_are_ordered_by_sound(self):
        assert [each.name for each in list_children("990100")] == ["东溪区", "西岭县"]
        assert [each.name for each in list_areas("town")] == ["渡口街道", "云岭镇"]
        assert list_children("990199") == ()

    @pytest.mark.parametrize(
        ("longitude", "latitude", "code"),
        [
            (100.25, 30.25, "990101"),
            (99.75, 30.25, "990102"),
            (101.0, 30.25, None),
            (100.25, 31, None),
        ],
    )
    def test_a_point_lies_in_one_county_or_outside(self, longitude, latitude, code):
        found = area_at(longitude, latitude)

        assert (found.code if found else None) == code

    def test_outlines_are_geojson_for_the_map(self):
        assert [each.area for each in list_boundaries()] == ["990101", "990102"]
        assert list_boundaries()[0].geometry["type"] == "MultiPolygon"

    def test_an_area_that_left_the_table_is_gone_and_its_outline_too(self, folder, at):
        table = folder / "areas/divisions.csv"
        kept = [line for line in table.read_text().splitlines() if "990102" not in line]
        table.write_text("\n".join(kept) + "\n")
        outlines = folder / "areas/boundaries.geojson"
        lines = [line for line in outlines.read_text().splitlines() if "990102" not in line]
        outlines.write_text("\n".join(lines).replace("}},", "}}"))
        content.apply_city(folder=folder, by=system("test"), reason="撤县", at=at)

        assert not has_area("990102100201")
        assert has_area("990101001001002")
        assert area_at(99.75, 30.25) is None


@pytest.mark.django_db
def test_quzhou_has_its_counties_towns_villages_and_outlines(tmp_path, at):
    folder = shutil.copytree(CITIES / "quzhou/areas", tmp_path / "city/areas").parent
    content.apply_city(folder=folder, by=system("test"), reason="测试", at=at)

    assert [len(list_areas(level)) for level in ("county", "town", "village")] == [6, 100, 1664]
    assert [each.name for each in list_children("330800")] == [
        "常山县",
        "江山市",
        "开化县",
        "柯城区",
        "龙游县",
        "衢江区",
    ]
    assert area_at(118.87, 28.94).name == "柯城区"
    assert area_at(118.63, 28.74).name == "江山市"
    assert area_at(120.15, 30.28) is None
    assert get_area("330802100245").full_name == "衢州市柯城区石梁镇石梁村委会"


def problems(folder):
    loaded = load_city(folder, (DIVISIONS, GRID_CELLS), ())
    return [(each.path.name, each.line, each.field, each.message) for each in loaded.problems]


def test_a_table_with_faults_is_named(folder):
    (folder / "areas/divisions.csv").write_text(
        "code,name\n990101,东溪区\n990101,又一次\n99,短\n990103001,没有上级\n990102,西岭县\n"
        "990101001,渡口街道\n990101001001,码头社区\n"
    )

    assert problems(folder) == [
        ("divisions.yaml", 7, "tables", "区划代码 990101 出现了两次"),
        ("divisions.yaml", 7, "tables", "区划“99 短”的代码格式不对或没有名称"),
        ("divisions.yaml", 7, "tables", "区划 990103001 的上级 990103 不在表中"),
    ]


def test_a_table_in_another_encoding_is_named(folder):
    table = folder / "areas/divisions.csv"
    table.write_bytes(table.read_text().encode("gbk"))

    assert problems(folder)[0] == (
        "divisions.yaml",
        7,
        "tables",
        "区划 990101 的名称读不出来，文件应当是 UTF-8 编码",
    )


def test_an_outline_of_an_unknown_area_or_without_sense_is_named(folder):
    outlines = folder / "areas/boundaries.geojson"
    outlines.write_text(outlines.read_text().replace('"990102"', '"990109"'))

    assert problems(folder) == [
        ("divisions.yaml", 8, "boundaries", "边界的区划代码 990109 不在表中")
    ]
    outlines.write_text("{")
    assert problems(folder)[0][3].startswith("边界文件读不出来")


def test_a_grid_cell_in_no_village_is_named(folder):
    (folder / "areas/grid_cells/more.yaml").write_text('code: "990101001009001"\nname: 网格\n')

    assert problems(folder) == [
        (
            "more.yaml",
            1,
            "code",
            "网格 990101001009001 所属的村(社区) 990101001009 不在区划表中",
        )
    ]


def test_the_codes_of_a_city_are_those_of_its_tables_and_cells(folder):
    library = load_city(folder, (DIVISIONS, GRID_CELLS), ()).library

    assert len(codes_in(library)) == 10
    assert {"990000", "990102100201", "990101001001002"} <= codes_in(library)
    assert faults_in(rows_of(library.get("division", "qingshi"))) == ()


def test_a_province_is_left_out_of_full_names():
    rows = [Row("330000", "浙江省"), Row("330800", "衢州市"), Row("330802", "柯城区")]

    assert [each.full_name for each in as_areas(rows)] == ["浙江省", "衢州市", "衢州市柯城区"]


def test_names_are_ordered_by_sound_and_then_by_tone():
    assert sorted(["衢州", "柯城", "常山", "江山", "开化"], key=sort_key) == [
        "常山",
        "江山",
        "开化",
        "柯城",
        "衢州",
    ]


COORDINATES = st.floats(-1, 3, allow_nan=False).filter(lambda x: x not in {0.0, 1.0, 2.0})


@given(COORDINATES, COORDINATES)
def test_a_point_is_in_a_square_with_a_hole_as_arithmetic_says(x, y):
    square = [[0, 0], [2, 0], [2, 2], [0, 2], [0, 0]]
    hole = [[0.5, 0.5], [1.5, 0.5], [1.5, 1.5], [0.5, 1.5], [0.5, 0.5]]
    outline = boundary_of("x", {"type": "Polygon", "coordinates": [square, hole]})
    inside = 0 < x < 2 and 0 < y < 2
    on_the_hole = {x, y} & {0.5, 1.5}
    in_the_hole = 0.5 < x < 1.5 and 0.5 < y < 1.5

    if not on_the_hole:
        assert outline.contains(longitude=x, latitude=y) == (inside and not in_the_hole)


def test_a_line_is_no_outline():
    with pytest.raises(ValueError, match="is not the outline of an area"):
        boundary_of("x", {"type": "LineString", "coordinates": []})
