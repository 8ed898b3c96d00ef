"""What a browser posts becomes typed values; what is wrong is said in the field's words."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from shuzheng.infrastructure.web.operations import (
    Provenance,
    check_values,
    list_answers,
    read_form,
)
from shuzheng.infrastructure.web.rules import SchemaNotUsable, describe_form

SCHEMA: dict[str, Any] = {
    "type": "object",
    "x-pages": {"who": "申请人", "where": "经营场所"},
    "required": ["name", "flue", "opens_on"],
    "properties": {
        "name": {"type": "string", "title": "姓名", "maxLength": 4, "x-page": "who"},
        "number": {
            "type": "string",
            "title": "身份号码",
            "format": "citizen-id",
            "x-page": "who",
        },
        "shop": {
            "type": "object",
            "x-page": "where",
            "required": ["area"],
            "properties": {
                "area": {
                    "type": "number",
                    "title": "面积",
                    "minimum": 1,
                    "x-unit": "平方米",
                },
                "seats": {"type": "integer", "title": "座位数"},
            },
        },
        "flue": {"type": "boolean", "title": "是否有烟道", "x-page": "where"},
        "height": {
            "type": "number",
            "title": "烟道高度",
            "x-page": "where",
            "x-shown-when": {"field": "flue", "equals": True},
        },
        "kinds": {
            "type": "array",
            "title": "经营方式",
            "items": {"enum": ["堂食", "外卖"]},
            "x-page": "where",
        },
        "opens_on": {"type": "string", "format": "date", "title": "开业日期", "x-page": "where"},
        "lease": {
            "type": "object",
            "title": "租赁合同",
            "x-widget": "file",
            "x-accept": [".pdf"],
            "x-max-bytes": 10,
            "x-page": "where",
        },
    },
}
COMPLETE = {
    "name": " 张三 ",
    "shop.area": "1,086.5",
    "shop.seats": "24",
    "flue": "true",
    "height": "3",
    "kinds": ["堂食", "外卖"],
    "opens_on-year": "2026",
    "opens_on-month": "3",
    "opens_on-day": "1",
}


def post(**fields: Any) -> dict[str, Any]:
    return {name.replace("__", "."): value for name, value in fields.items()}


def messages(data: dict[str, Any], files: dict[str, Any] | None = None) -> dict[str, str]:
    _, errors = read_form(SCHEMA, data, files)
    return {error.field: error.message for error in errors}


def test_a_complete_form_becomes_typed_nested_json() -> None:
    values, errors = read_form(SCHEMA, COMPLETE)
    assert errors == ()
    assert values == {
        "name": "张三",
        "shop": {"area": 1086.5, "seats": 24},
        "flue": True,
        "height": 3,
        "kinds": ["堂食", "外卖"],
        "opens_on": "2026-03-01",
    }


def test_a_query_dict_keeps_every_ticked_box() -> None:
    data = QueryDict("name=a&kinds=堂食&kinds=外卖")
    assert read_form(SCHEMA, data)[0]["kinds"] == ["堂食", "外卖"]


def test_an_empty_form_names_every_required_question_in_the_order_of_the_form() -> None:
    _, errors = read_form(SCHEMA, {})
    assert [(each.field, each.message) for each in errors] == [
        ("name", "请填写姓名。"),
        ("shop.area", "请填写面积。"),
        ("flue", "请选择是否有烟道。"),
        ("opens_on", "请填写开业日期的年、月、日。"),
    ]


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("name", "欧阳小小小", "姓名最多 4 个字，现在是 5 个字。"),
        ("number", "330802199003071238", "身份号码应当是 18 位公民身份号码，请检查每一位。"),
        ("shop.area", "很大", "面积应当是数字，例如 120.5。"),
        ("shop.area", "0", "面积不能小于 1 平方米。"),
        ("shop.seats", "2.5", "座位数应当是整数，例如 3。"),
        ("flue", "maybe", "是否有烟道填写的内容不对，请重新填写。"),
        ("kinds", "打包", "请从所列选项中选择经营方式。"),
    ],
)
def test_a_wrong_answer_is_named_and_still_there(field: str, value: str, message: str) -> None:
    values, errors = read_form(SCHEMA, {**COMPLETE, field: value})
    assert [(each.field, each.message) for each in errors] == [(field, message)]
    kept: Any = values
    for step in field.split("."):
        kept = kept[step]
    assert str(kept) in {value, f"['{value}']"}


@pytest.mark.parametrize(
    ("parts", "kept"),
    [
        (("2026", "2", "30"), "2026-02-30"),
        (("26", "3", "1"), "26-03-01"),
        (("", "3", ""), "-03-00"),
    ],
)
def test_a_day_that_is_not_in_the_calendar_is_refused_and_kept(
    parts: tuple[str, str, str], kept: str
) -> None:
    names = ("opens_on-year", "opens_on-month", "opens_on-day")
    values, errors = read_form(SCHEMA, {**COMPLETE, **dict(zip(names, parts, strict=True))})
    assert [each.message for each in errors] == [
        "开业日期应当是真实的日期，例如 2026 年 3 月 1 日。"
    ]
    assert values["opens_on"] == kept


def test_an_answer_to_a_question_not_asked_is_left_out() -> None:
    values, errors = read_form(SCHEMA, {**COMPLETE, "flue": "false", "height": "很高"})
    assert errors == ()
    assert "height" not in values


def test_full_width_digits_and_a_small_x_are_understood() -> None:
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in "86")
    values, errors = read_form(SCHEMA, {**COMPLETE, "shop.area": wide})
    assert (values["shop"]["area"], errors) == (86, ())


def test_a_page_is_checked_alone_and_keeps_what_was_saved_before() -> None:
    values, errors = read_form(SCHEMA, {"name": "李四"}, page="who", before={"flue": False})
    assert (values, errors) == ({"name": "李四", "flue": False}, ())
    assert [each.field for each in check_values(SCHEMA, values)] == ["shop.area", "opens_on"]


def test_a_question_emptied_is_no_longer_answered() -> None:
    values, _ = read_form(SCHEMA, {"name": ""}, page="who", before={"name": "李四"})
    assert values == {}


def test_a_file_is_judged_by_ending_and_size() -> None:
    def upload(name: str, content: bytes) -> MultiValueDict[str, SimpleUploadedFile]:
        return MultiValueDict({"lease": [SimpleUploadedFile(name, content)]})

    assert messages(COMPLETE, upload("a.PDF", b"1234")) == {}
    assert messages(COMPLETE, upload("a.exe", b"1234")) == {
        "lease": "「a.exe」不是可以接受的文件，请上传 PDF。"
    }
    assert messages(COMPLETE, upload("a.pdf", b"12345678901")) == {
        "lease": "「a.pdf」太大，每个文件最大 10 字节。"
    }
    assert messages(COMPLETE, upload("a.pdf", b"")) == {"lease": "「a.pdf」是空文件，请重新选择。"}


def test_a_file_saved_before_stays_until_it_is_removed() -> None:
    saved = {"lease": {"filename": "a.pdf", "size": 3, "sha256": "ab"}}
    values, _ = read_form(SCHEMA, COMPLETE, before=saved)
    assert values["lease"] == saved["lease"]
    values, _ = read_form(SCHEMA, {**COMPLETE, "lease-remove": "ab"}, before=saved)
    assert "lease" not in values


def test_a_saved_file_cannot_be_named_by_the_browser() -> None:
    values, _ = read_form(SCHEMA, {**COMPLETE, "lease": "ab", "lease.sha256": "ab"})
    assert "lease" not in values


def test_the_schema_may_say_its_own_sentence() -> None:
    part = {
        "type": "string",
        "title": "字号",
        "pattern": "^[a-z]+$",
        "x-message": "{label}要小写。",
    }
    _, errors = read_form({"properties": {"name": part}}, {"name": "A"})
    assert [each.message for each in errors] == ["字号要小写。"]


def test_a_branch_of_the_schema_is_checked() -> None:
    schema = {
        **SCHEMA,
        "if": {"properties": {"flue": {"const": True}}},
        "then": {"required": ["number"]},
    }
    _, errors = read_form(schema, COMPLETE)
    assert [each.message for each in errors] == ["请填写身份号码。"]


def test_a_widget_nobody_can_draw_is_refused() -> None:
    with pytest.raises(SchemaNotUsable, match="no widget 'hologram'"):
        describe_form({"properties": {"a": {"type": "string", "x-widget": "hologram"}}})


@pytest.mark.django_db
def test_messages_fall_back_to_chinese_where_english_is_missing() -> None:
    with override("en"):
        _, errors = read_form({"properties": {"a": {"title": "甲"}}, "required": ["a"]}, {})
    assert "甲" in errors[0].message


@given(st.dictionaries(st.sampled_from([*COMPLETE, "x"]), st.text() | st.lists(st.text())))
def test_nothing_posted_breaks_the_reader(data: dict[str, Any]) -> None:
    values, errors = read_form(SCHEMA, data)
    assert {each.field for each in errors} <= {each.name for each in describe_form(SCHEMA).fields}
    assert set(values) <= set(SCHEMA["properties"])


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_a_text_comes_back_as_typed_but_for_the_edges(text: str) -> None:
    values, _ = read_form(SCHEMA, {"name": text})
    assert values.get("name", "") == text.strip()


def test_answers_are_listed_in_words_with_their_source() -> None:
    values, _ = read_form(SCHEMA, COMPLETE)
    pages = list_answers(
        SCHEMA,
        {**values, "lease": {"filename": "a.pdf", "size": 3}},
        provenance={"name": Provenance("人口库", "2026-11-20")},
        change=lambda page: f"/apply/{page.key}/",
    )
    assert [page.title for page, _ in pages] == ["申请人", "经营场所"]
    rows = {row.label: row for _, found in pages for row in found}
    assert {label: row.value for label, row in rows.items()} == {
        "姓名": "张三",
        "身份号码": "未填写",
        "面积": "1086.5 平方米",
        "座位数": "24",
        "是否有烟道": "是",
        "烟道高度": "3",
        "经营方式": "堂食、外卖",
        "开业日期": "2026-03-01",
        "租赁合同": "a.pdf",
    }
    assert rows["姓名"].source == "人口库"
    assert rows["面积"].actions[0].href == "/apply/where/#field-shop-area"


def test_a_question_not_asked_is_not_listed() -> None:
    pages = list_answers(SCHEMA, {"flue": False, "height": 3})
    assert "烟道高度" not in [row.label for _, rows in pages for row in rows]
