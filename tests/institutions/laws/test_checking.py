"""The content check: what is cited exists, said what it says, and was in force."""

from datetime import date

import pytest

from shuzheng.infrastructure.access.rules import system
from shuzheng.infrastructure.content import operations as content
from shuzheng.institutions.laws import queries
from shuzheng.institutions.laws.content import check_citations, check_periods, keep_cited_clauses
from shuzheng.institutions.laws.rules import Validity
from tests.institutions.laws.citing import CITING, RIGHT, messages


@pytest.mark.usefixtures("shelf_of")
class TestTheContentCheck:
    def test_a_right_citation_has_no_problem(self, library):
        assert messages(check_citations(library(CITING.format(**RIGHT)))) == []

    @pytest.mark.parametrize(
        ("changes", "message"),
        [
            ({"law": "面条法"}, "《面条法》(2019-04-23)第三条 标为已核对，但条文库中没有这个版本"),
            (
                {"article": "第九条"},
                "《面馆法》(2019-04-23)第九条 标为已核对，但条文库的这个版本中没有这一条",
            ),
            (
                {"sha256": "0" * 64},
                "《面馆法》(2019-04-23)第三条 标为已核对，但条文库中的文字与核对时不同",
            ),
            (
                {"version": "2003-08-27"},
                "《面馆法》(2003-08-27)第三条 标为已核对，但这个版本已被取代或废止",
            ),
            ({"sha256": "''"}, "《面馆法》(2019-04-23)第三条 标为已核对，但没有条文的 sha256"),
        ],
    )
    def test_a_citation_that_is_not_confirmed_is_named(self, library, changes, message):
        found = messages(check_citations(library(CITING.format(**RIGHT | changes))))

        assert found == [(3, "basis.0", message)]

    def test_a_citation_that_says_it_is_unread_is_no_problem(self, library):
        unread = library(CITING.format(**RIGHT | {"law": "面条法", "verified": "false"}))

        assert messages(check_citations(unread)) == []

    def test_a_law_that_the_table_ends_is_superseded(self, library):
        ended = "law: 面馆法\nversion: 2019-04-23\nto_on: 2024-01-01\nsource: 公告\n"

        found = messages(check_citations(library(CITING.format(**RIGHT), ended)))

        assert [each[2].endswith("这个版本已被取代或废止") for each in found] == [True]

    @pytest.mark.django_db
    def test_what_content_cites_is_kept_with_its_state(self, library, at, version):
        confirmed = "law: 面馆法\nversion: 2019-04-23\nconfirmed_on: 2025-04-05\nsource: 快照\n"
        keep_cited_clauses(library(CITING.format(**RIGHT), confirmed), system("test"), at)
        clauses = queries.list_cited_clauses(law="面馆法", version=version, article="第三条")

        assert [(each.status, each.says, each.cited_in) for each in clauses] == [
            ("in_force", "五日内决定", ("rule a",))
        ]
        assert clauses[0].reference == "《面馆法》(2019-04-23)第三条"
        assert [each.clauses for each in queries.list_cited_articles()] == [clauses]


PERIOD = (
    "code: a\nperiod:\n  amount: {amount}\n  unit: {unit}\n  citation:\n    law: {law}\n"
    "    version: 2021-01-22\n    article: 第八十五条\n    says: 期限\n    verified: false\n"
)


@pytest.mark.parametrize(
    ("law", "amount", "unit", "message"),
    [
        ("行政处罚法", 7, "working_day", None),
        ("行政处罚法", 90, "calendar_day", None),
        ("某条例", 7, "calendar_day", None),
        ("行政处罚法", 3, "month", None),
        ("行政处罚法", 7, "calendar_day", "的7日应按工作日计算"),
        ("行政处罚法", 90, "working_day", "的90日应按日计算"),
        ("行政强制法", 10, "calendar_day", "的10日应按工作日计算"),
    ],
)
def test_a_period_counts_the_days_that_its_law_means(library, law, amount, unit, message):
    found = messages(check_periods(library(PERIOD.format(law=law, amount=amount, unit=unit))))

    assert found == (
        [(4, "period.unit", f"《{law}》(2021-01-22)第八十五条 {message}")] if message else []
    )


@pytest.mark.django_db
def test_the_validity_table_is_applied_and_taken_away(tmp_path, at):
    (tmp_path / "laws").mkdir()
    table = tmp_path / "laws/validity.yaml"
    table.write_text("law: 面馆法\nversion: 2019-04-23\nto_on: 2024-01-01\nsource: 公告\n")
    content.apply_city(folder=tmp_path, by=system("test"), reason="测试", at=at)

    assert queries.list_validities("中华人民共和国面馆法") == (
        Validity("面馆法", date(2019, 4, 23), to_on=date(2024, 1, 1), source="公告"),
    )
    table.unlink()
    content.apply_city(folder=tmp_path, by=system("test"), reason="删除", at=at)
    assert queries.list_validities("面馆法") == ()


def test_a_line_that_says_neither_end_nor_confirmation_is_a_problem(tmp_path):
    (tmp_path / "laws").mkdir()
    (tmp_path / "laws/validity.yaml").write_text("law: 面馆法\nversion: 2019-04-23\nsource: 公告\n")

    assert [each.message for each in content.check_city(folder=tmp_path)] == [
        "要写明失效日期 to_on 或核实日期 confirmed_on"
    ]
