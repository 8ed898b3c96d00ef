"""Rows are looked at one by one; a file as a whole is refused only when it cannot be read."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuzheng.data.collection.rules import (
    Column,
    Dataset,
    FeedNotText,
    HeadingsMissing,
    check_cell,
    read_feed,
)

ON = date(2026, 3, 1)
DATASET = Dataset(
    key="people",
    name="人口",
    department="police",
    register_key="persons",
    legal_basis="x",
    feed="people.csv",
    key_column="号码",
    as_of_column="日期",
    columns=(
        Column(name="号码", field="id_number", required=True, check="citizen_id"),
        Column(name="性别", field="sex", one_of=("男", "女")),
        Column(name="日期", required=True, check="date"),
    ),
)
GOOD = "330000198805219003,女,2026-01-12"
HEADINGS = "号码,性别,日期"


def reasons(*lines, headings=HEADINGS):
    content = "\n".join([headings, *lines, ""]).encode()
    return [row.reasons for row in read_feed(DATASET, content, on=ON)]


def test_a_good_row_has_no_reasons():
    assert reasons(GOOD) == [()]


def test_a_wrong_check_character_is_named():
    assert reasons("330000198805219004,女,2026-01-12") == [("“号码”不是有效的公民身份号码",)]


def test_every_reason_of_a_row_is_told_at_once():
    assert reasons(",x,2026-13-01") == [
        ("缺少“号码”", "“性别”应是 男、女 之一", "“日期”不是日期（如 2026-01-31）")
    ]


def test_the_second_row_of_a_number_is_put_aside():
    assert reasons(GOOD, GOOD) == [(), ("“号码”在文件中重复",)]


def test_a_row_from_the_future_is_put_aside():
    assert reasons("330000198805219003,女,2026-03-02") == [("“日期”晚于归集日",)]
    assert reasons("330000198805219003,女,2026-03-01") == [()]


def test_a_row_with_more_cells_than_headings_is_put_aside():
    assert reasons(GOOD + ",多余") == [("列数多于表头",)]


def test_lines_are_counted_as_an_editor_does():
    rows = read_feed(DATASET, f"{HEADINGS}\n{GOOD}\n".encode(), on=ON)
    assert [row.line for row in rows] == [2]


def test_a_file_in_gb18030_is_read_like_one_in_utf8():
    content = f"{HEADINGS}\n{GOOD}\n"
    assert read_feed(DATASET, content.encode("gb18030"), on=ON) == read_feed(
        DATASET, content.encode(), on=ON
    )


def test_a_file_without_a_promised_column_is_refused():
    with pytest.raises(HeadingsMissing) as refused:
        reasons(GOOD, headings="号码,日期")
    assert "性别" in str(refused.value)


def test_a_file_that_is_no_text_is_refused():
    with pytest.raises(FeedNotText):
        read_feed(DATASET, b"\xff\xfe\xff\xff", on=ON)


@given(
    st.sampled_from(
        ["citizen_id", "credit_code", "area_code", "date", "mobile_phone", "integer", "yes_no"]
    ),
    st.text(max_size=30),
)
def test_no_cell_makes_a_check_fail(check, text):
    assert isinstance(check_cell(Column(name="x", check=check), text), str)


@pytest.mark.parametrize(
    ("check", "right", "wrong"),
    [
        ("credit_code", "92339900DEM000014Y", "92339900DEM000014X"),
        ("area_code", "330802006004", "3308020060"),
        ("date", "2026-01-31", "2026-1-31"),
        ("mobile_phone", "17905700001", "27905700001"),
        ("integer", "-3", "3.5"),
        ("decimal", "3.50", "NaN"),
        ("yes_no", "是", "有"),
    ],
)
def test_each_check_knows_right_from_wrong(check, right, wrong):
    column = Column(name="x", check=check)
    assert check_cell(column, right) == ""
    assert check_cell(column, wrong).startswith("“x”不是")
