"""The invented feeds: the same every time, numbers nobody can hold, and the cases one must meet."""

import csv
import io

import pytest
import yaml

from shuzheng.data.collection.rules.inventing import Places, invent_feeds
from shuzheng.standards.citizen_id import is_citizen_id, is_synthetic
from shuzheng.standards.credit_code import is_credit_code
from tests.cities import QUZHOU

FOLDER = QUZHOU / "collection"


@pytest.fixture(scope="module")
def feeds():
    data = yaml.safe_load((FOLDER / "invented.places.yaml").read_text(encoding="utf-8"))
    return invent_feeds(Places.model_validate(data))


def rows(feeds, name):
    return list(csv.DictReader(io.StringIO(feeds[name].decode())))


def test_the_files_in_the_city_are_what_the_seed_gives(feeds):
    for name, content in feeds.items():
        assert (FOLDER / name).read_bytes() == content, name


def test_everybody_has_a_number_that_cannot_be_issued(feeds):
    numbers = [row["公民身份号码"] for row in rows(feeds, "police_persons.csv")]
    right = [number for number in numbers if is_citizen_id(number)]
    assert len(right) == 201
    assert len(set(right)) == 200
    assert all(is_synthetic(number) for number in right)


def test_every_enterprise_has_a_right_code_in_a_county_that_is_none(feeds):
    codes = [row["统一社会信用代码"] for row in rows(feeds, "market_legal_persons.csv")]
    assert len(set(codes)) == 60
    assert all(is_credit_code(code) and code[2:8] == "339900" for code in codes)


def test_the_cases_of_the_siting_rules_are_there(feeds):
    units = {row["房屋编码"]: row for row in rows(feeds, "housing_premises.csv")}
    assert len(units) == 80
    facts = [
        tuple(
            units[f"QZFW-DEMO-000{n}"][column] for column in ("建筑用途", "专用烟道", "紧邻居住层")
        )
        for n in range(1, 7)
    ]
    assert facts == [
        ("商业", "是", "否"),
        ("商业", "是", "否"),
        ("住宅", "否", "是"),
        ("商住", "否", "否"),
        ("商住", "是", "是"),
        ("商住", "", "否"),
    ]
    assert units["QZFW-DEMO-0002"]["建筑面积"] == "400"
    assert units["QZFW-DEMO-0002"]["排水去向"] == "物业统一接管"
