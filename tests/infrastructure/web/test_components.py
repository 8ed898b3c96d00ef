"""Components say what they mean in words, escape what they are given, and pages carry the rules."""

from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from django.template import Context, Template
from django.test import Client, RequestFactory, override_settings
from django.utils.translation import override

from shuzheng.infrastructure.web.operations import Provenance, bind_form, read_form
from shuzheng.infrastructure.web.rules import Cell, Keyset, Step, SummaryRow, Table
from shuzheng.policy.citations import Citation
from shuzheng.policy.periods import Period, PeriodUnit
from shuzheng.policy.refusals import NotFound


def draw(source: str, **context: Any) -> str:
    return Template("{% load ui %}" + source).render(Context(context))


def test_a_value_says_from_where_and_when_it_is_known() -> None:
    rows = (SummaryRow("姓名", "<张三>", source="人口库", as_of=date(2026, 11, 20)),)
    html = draw("{% summary_list rows %}", rows=rows)
    assert "来自：人口库" in html
    assert "2026-11-20" in html
    assert "&lt;张三&gt;" in html


def test_a_light_is_never_colour_alone() -> None:
    html = draw('{% light "red" %}')
    assert "已超期" in html
    assert "<svg" in html


def test_a_number_of_nought_is_shown_in_a_table() -> None:
    html = draw("{% data_table t %}", t=Table("件数", ("件数",), [[Cell(0, numeric=True)]]))
    assert ">0</span>" in html


def test_an_empty_table_says_so() -> None:
    html = draw("{% data_table t %}", t=Table("待办", ("编号",), [], empty="没有待办"))
    assert "没有待办" in html
    assert "<table" not in html


def test_a_row_with_a_cell_too_few_is_noticed() -> None:
    with pytest.raises(ValueError, match="shorter"):
        draw("{% data_table t %}", t=Table("件数", ("甲", "乙"), [["1"]]))


def test_a_page_of_a_list_keeps_the_other_words_of_its_address() -> None:
    request = RequestFactory().get("/desk/?state=open&from=a")
    html = draw("{% pagination k %}", k=Keyset(next="b&c"), request=request)
    assert 'href="?state=open&amp;from=b%26c"' in html
    assert "上一页" not in html


def test_a_step_says_what_by_when_and_who() -> None:
    step = Step("审查", "now", due_on=date(2026, 11, 27), who="市场监督管理局")
    html = draw("{% timeline steps %}", steps=[step])
    assert "2026-11-27 前完成" in html
    assert "由市场监督管理局办理" in html
    assert 'aria-current="step"' in html


def test_a_moment_is_written_in_the_city() -> None:
    at = datetime(2026, 11, 20, 2, 32, tzinfo=UTC)
    assert draw("{{ at|moment }}", at=at) == "2026-11-20 10:32"


def test_a_clause_not_yet_checked_says_so() -> None:
    cited = Citation(
        law="行政许可法",
        version=date(2019, 4, 23),
        article="第四十二条",
        says="二十日内作出决定",
        verified=False,
    )
    html = draw("{% citation cited %}", cited=cited)
    assert "《行政许可法》(2019-04-23)第四十二条" in html
    assert "尚未核对" in html


def test_a_place_in_the_shell_stays_empty_without_its_room() -> None:
    assert draw('{% include_if_present "nowhere/nothing.html" %}') == ""


def test_what_was_typed_is_shown_again_beside_its_error() -> None:
    schema = {
        "required": ["name"],
        "properties": {
            "name": {"type": "string", "title": "姓名"},
            "area": {"type": "number", "title": "面积", "maximum": 9},
        },
    }
    values, errors = read_form(schema, {"area": '"很大'})
    bound = bind_form(
        schema,
        values=values,
        errors=errors,
        provenance={"name": Provenance("人口库", date(2026, 11, 20))},
    )
    html = draw("{% form bound %}", bound=bound)
    assert 'value="&quot;很大"' in html
    assert 'href="#field-area"' in html
    assert 'id="field-area-error"' in html
    assert 'aria-describedby="field-area-error"' in html
    assert "来自：人口库" in html


def test_saved_words_from_the_address_are_only_a_time() -> None:
    bound = bind_form({"properties": {"a": {"type": "string", "title": "甲"}}})
    for said, shown in (("10:32", True), ("<b>", False), ("99:99", False)):
        request = RequestFactory().get("/", {"saved": said})
        html = draw('{% form bound save_url="/save/" %}', bound=bound, request=request)
        assert (f"已保存 {said}" in html) is shown


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/accessibility/", "/legal/", "/open-source/", "/nothing/"])
def test_no_page_carries_script_or_style_of_its_own(address: str) -> None:
    answer = Client().get(address)
    html = answer.content.decode()
    policy = answer["Content-Security-Policy"]
    assert "<style" not in html
    assert " style=" not in html
    assert " onclick=" not in html
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert "geolocation=(self)" in answer["Permissions-Policy"]


@pytest.mark.django_db
def test_the_language_changes_without_leaving_the_house() -> None:
    client = Client()
    answer = client.post("/language/", {"language": "en", "next": "https://evil.example/"})
    assert answer["Location"] == "/"
    assert client.get("/legal/")["Content-Language"] == "en"


@pytest.mark.django_db
@override_settings(REQUEST_MAX_BYTES=1000)
def test_a_body_over_the_limit_is_refused_in_words() -> None:
    answer = Client().post("/language/", {"next": "x" * 1001})
    assert answer.status_code == 413
    assert "提交的内容太大" in answer.content.decode()


@pytest.mark.django_db
def test_the_style_page_is_shown_in_demonstrations_only() -> None:
    assert Client().get("/components/").status_code == 404
    with override_settings(DEMONSTRATION=True), override("zh-hans"):
        assert Client().get("/components/").status_code == 200


@pytest.mark.django_db
def test_a_title_is_english_for_an_english_reader_where_there_is_one() -> None:
    both = SimpleNamespace(title="食品经营许可", title_en="Food business licence")
    chinese = SimpleNamespace(title="食品经营许可", title_en="")
    with override("en"):
        assert draw("{{ a|titled }}, {{ b|titled }}", a=both, b=chinese) == (
            "Food business licence, 食品经营许可"
        )
    with override("zh-hans"):
        assert draw("{{ a|titled }}", a=both) == "食品经营许可"


def test_a_period_is_said_in_both_languages() -> None:
    periods = {
        "one": Period(amount=1, unit=PeriodUnit.WORKING_DAY),
        "many": Period(amount=20, unit=PeriodUnit.WORKING_DAY),
        "none": Period(amount=0, unit=PeriodUnit.WORKING_DAY),
    }
    source = "{{ one|lasting }}, {{ many|lasting }}, {{ none|lasting }}"
    with override("en"):
        assert draw(source, **periods) == "1 working day, 20 working days, the same day"
    with override("zh-hans"):
        assert draw(source, **periods) == "1个工作日, 20个工作日, 当日"


def test_a_state_and_a_refusal_are_said_in_english() -> None:
    with override("en"):
        assert draw("{{ a|said }} {{ b|said }} {{ c|said }}|", a="已超期", b=NotFound(), c="") == (
            "Overdue We could not find what you are looking for. |"
        )


def test_a_heading_of_numbers_stands_above_them() -> None:
    html = draw("{% data_table t %}", t=Table("件", ("名", "数"), [["甲", Cell(3, numeric=True)]]))
    assert '<th scope="col" class="govuk-table__header">名</th>' in html
    assert (
        '<th scope="col" class="govuk-table__header govuk-table__header--numeric">数</th>' in html
    )
