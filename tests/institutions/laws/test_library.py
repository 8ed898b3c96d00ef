"""The imported library."""

from datetime import date, timedelta

import pytest

from shuzheng.infrastructure.access.rules import PostLacksPermission, system
from shuzheng.infrastructure.journal.queries import list_entries_of_subject
from shuzheng.institutions.laws import queries
from shuzheng.institutions.laws.content import check_citations, check_citations_by_tables
from shuzheng.institutions.laws.operations import import_laws
from shuzheng.institutions.laws.rules import (
    IMPORT_LAWS,
    ArticleUnknown,
    CitationStatus,
    FolderWithoutLaws,
    LawUnknown,
)
from shuzheng.policy.citations import Citation
from tests.institutions.laws.citing import CITING, RIGHT, SHA, messages


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
