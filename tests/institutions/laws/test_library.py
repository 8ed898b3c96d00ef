"""The imported library, the content check and the pages."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from pydantic import Field

from shuzheng.infrastructure.access.rules import PostLacksPermission, system
from shuzheng.infrastructure.content import operations as content
from shuzheng.infrastructure.content.rules import ContentKind, ContentModel, load_city
from shuzheng.infrastructure.journal.queries import list_entries_of_subject
from shuzheng.institutions.laws import queries
from shuzheng.institutions.laws.content import (
    VALIDITIES,
    check_citations,
    check_citations_by_tables,
    check_periods,
    keep_cited_clauses,
)
from shuzheng.institutions.laws.operations import import_laws
from shuzheng.institutions.laws.rules import (
    IMPORT_LAWS,
    ArticleUnknown,
    CitationStatus,
    CitedClause,
    FolderWithoutLaws,
    LawUnknown,
    Validity,
    by_article,
    digest_of,
)
from shuzheng.policy.citations import Citation
from shuzheng.policy.periods import Period

SHA = digest_of("行政机关应当自受理之日起五日内决定。")


class Rule(ContentModel):
    """Something that cites."""

    code: str
    basis: tuple[Citation, ...] = Field(default=())
    period: Period | None = None


def nothing(*_args) -> None:
    """Apply or remove nothing."""


RULES = ContentKind(
    name="rule",
    folder="rules",
    model=Rule,
    key=lambda value: value.code,
    apply=nothing,
    remove=nothing,
)


@pytest.fixture
def imported(db, texts, at):
    import_laws(folder=texts, by=system("test"), at=at)


@pytest.fixture
def library(tmp_path):
    """Load rules written for the test, and the validity table."""

    def load(text: str, validity: str = ""):
        folder = tmp_path / "city"
        (folder / "rules").mkdir(parents=True)
        (folder / "rules/one.yaml").write_text(text, encoding="utf-8")
        if validity:
            (folder / "laws").mkdir()
            (folder / "laws/validity.yaml").write_text(validity, encoding="utf-8")
        loaded = load_city(folder, (RULES, VALIDITIES), ())
        assert loaded.problems == ()
        return loaded.library

    return load


CITING = """\
code: a
basis:
  - law: {law}
    version: {version}
    article: {article}
    says: 五日内决定
    sha256: {sha256}
    verified: {verified}
"""
RIGHT = {
    "law": "面馆法",
    "version": "2019-04-23",
    "article": "第三条",
    "sha256": SHA,
    "verified": "true",
}


def messages(problems):
    return [(each.line, each.field, each.message) for each in problems]


@pytest.mark.usefixtures("imported")
class TestTheImportedLibrary:
    def test_every_version_and_article_is_there_with_the_day_of_the_snapshot(self, version):
        assert [(each.title, each.version, each.article_count) for each in queries.list_laws()] == [
            ("炉灶管理办法", date(1990, 1, 1), 1),
            ("青石市小面馆规定", date(2016, 12, 23), 1),
            ("面馆法", version, 5),
            ("面馆法", date(2003, 8, 27), 5),
        ]
        assert queries.get_snapshot_on() == version
        assert queries.get_law(law="面馆法", version=version).full_title == "中华人民共和国面馆法"

    def test_one_entry_tells_of_the_import(self, at):
        entries = list_entries_of_subject("laws:library")

        assert [(entry.kind, entry.at) for entry in entries] == [("laws.imported", at)]
        assert entries[0].facts == {"laws": 4, "articles": 12, "snapshot_on": "2019-04-23"}

    def test_an_article_is_found_by_law_version_and_name(self, version):
        article = queries.get_article(law="《面馆法》", version=version, article="第三条")

        assert (article.text, article.sha256) == ("行政机关应当自受理之日起五日内决定。", SHA)
        assert article.snapshot_on == version

    def test_an_unknown_article_or_law_is_refused_in_words(self, version):
        with pytest.raises(ArticleUnknown, match=r"没有《面馆法》\(2019-04-23\)第九条"):
            queries.get_article(law="面馆法", version=version, article="第九条")
        with pytest.raises(LawUnknown, match="没有《面条法》"):
            queries.get_law(law="面条法", version=version)

    def test_words_find_the_articles_that_hold_them_all(self, version):
        found = queries.search_laws("受理 五日")

        assert [(each.version, each.name) for each in found] == [(version, "第三条")]
        assert queries.search_laws("月球") == ()
        assert queries.search_laws(" ,。") == ()

    def test_importing_again_replaces_the_library(self, texts, at):
        (texts / "national/炉灶管理办法(1990-01-01).md").unlink()
        day = date(2020, 1, 1)
        again = texts.rename(texts.with_name("texts-later"))
        counts = import_laws(
            folder=again, by=system("test"), at=at + timedelta(days=1), snapshot_on=day
        )

        assert counts == (3, 11)
        assert len(queries.list_laws()) == 3
        assert queries.get_snapshot_on() == day

    @pytest.mark.parametrize(
        ("changes", "status"),
        [
            ({}, CitationStatus.TEXT_MATCHED),
            ({"sha256": "0" * 64}, CitationStatus.TEXT_DIFFERS),
            ({"article": "第九条"}, CitationStatus.ARTICLE_MISSING),
            ({"law": "面条法"}, CitationStatus.UNKNOWN),
            ({"version": "2003-08-27"}, CitationStatus.SUPERSEDED),
        ],
    )
    def test_the_library_says_what_it_knows_of_a_citation(self, changes, status):
        assert queries.status_of(Citation(**RIGHT | changes, says="五日")) == status

    @pytest.mark.usefixtures("no_shelf")
    def test_without_a_folder_citations_are_checked_against_the_library(self, library):
        wrong = library(CITING.format(**RIGHT | {"article": "第九条"}))

        assert messages(check_citations(wrong)) == []
        assert messages(check_citations_by_tables(wrong)) == [
            (
                3,
                "basis.0",
                "《面馆法》(2019-04-23)第九条 标为已核对，但条文库的这个版本中没有这一条",
            )
        ]

    @pytest.mark.usefixtures("shelf_of")
    def test_with_a_folder_the_library_is_not_asked(self, library):
        assert (
            messages(
                check_citations_by_tables(library(CITING.format(**RIGHT | {"article": "第九条"})))
            )
            == []
        )


def test_a_post_without_the_permission_may_not_import(db, texts, at, official):
    with pytest.raises(PostLacksPermission):
        import_laws(folder=texts, by=official(), at=at)

    assert not queries.has_library()
    assert list_entries_of_subject("laws:library") == ()


def test_a_post_with_the_permission_may_import(db, texts, at, official):
    assert import_laws(folder=texts, by=official(IMPORT_LAWS), at=at) == (4, 12)


def test_a_folder_without_laws_leaves_the_library_as_it_was(imported, tmp_path, at):
    for folder in (tmp_path / "none", tmp_path / "city"):
        with pytest.raises(FolderWithoutLaws):
            import_laws(folder=folder, by=system("test"), at=at)

    assert len(queries.list_laws()) == 4


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


def address(name="第三条", version="2019-04-23"):
    return reverse("laws:article", args=["面馆法", version, name])


def cited(article, says, paragraph=""):
    return CitedClause("面馆法", date(2019, 4, 23), article, paragraph, says, True, "in_force", ())


def test_an_article_is_listed_once_in_its_place_with_all_that_is_cited_of_it():
    tenth, second, again = (
        cited("第十条", "a"),
        cited("第二条", "b"),
        cited("第十条", "c", "第一款"),
    )
    found = by_article([tenth, second, again])
    assert [(each.name, each.clauses) for each in found] == [
        ("第二条", (second,)),
        ("第十条", (tenth, again)),
    ]


@pytest.mark.django_db
class TestPages:
    @pytest.mark.usefixtures("imported", "no_shelf")
    def test_an_article_shows_text_snapshot_and_our_own_words(self, client, library, at):
        keep_cited_clauses(library(CITING.format(**RIGHT)), system("test"), at)
        answer = client.get(address())
        text = answer.content.decode()

        assert answer.status_code == 200
        assert "行政机关应当自受理之日起五日内决定。" in text
        assert "条文库快照日期" in text
        assert "（条文已核对）" in text

    @pytest.mark.usefixtures("no_shelf")
    def test_without_a_library_our_own_words_and_where_to_read(self, client, library, at):
        keep_cited_clauses(library(CITING.format(**RIGHT)), system("test"), at)
        answer = client.get(address())
        text = answer.content.decode()

        assert answer.status_code == 200
        assert "（条文库中没有这部法）" in text
        assert "https://flk.npc.gov.cn/" in text
        assert "自受理之日起" not in text

    @pytest.mark.parametrize("version", ["2019-04-23", "2018-01-01"])
    @pytest.mark.usefixtures("imported")
    def test_an_article_nobody_knows_is_not_found(self, client, version):
        assert client.get(address("第九条", version)).status_code == 404

    def test_a_day_that_does_not_exist_is_no_address(self, client):
        assert client.get("/laws/面馆法/2019-02-30/第三条/").status_code == 404

    @pytest.mark.usefixtures("imported")
    def test_a_law_shows_all_its_articles_under_their_headings(self, client):
        text = client.get(reverse("laws:law", args=["面馆法", "2019-04-23"])).content.decode()

        assert text.count("<section>") == 5
        assert "第二章 许可 · 第一节 受理" in text
        assert "2019年4月23日 第二次会议修正" in text

    @pytest.mark.usefixtures("imported")
    def test_the_first_page_searches_and_lists(self, client):
        first = client.get(reverse("laws:index")).content.decode()
        whole = client.get(reverse("laws:index"), {"all": ""}).content.decode()
        found = client.get(reverse("laws:index"), {"q": "受理 五日"}).content.decode()
        none = client.get(reverse("laws:index"), {"q": "月球"}).content.decode()

        assert "小面馆" not in first
        assert "看全部文本" in first
        assert "《青石市小面馆规定》(2016-12-23)" in whole
        assert "找到 1 条" in found
        assert "没有找到" in none

    def test_without_a_library_the_first_page_says_where_to_read(self, client):
        assert "尚未导入条文库" in client.get(reverse("laws:index")).content.decode()
