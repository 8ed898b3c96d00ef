"""The pages of the law library."""

import pytest
from django.urls import reverse

from shuzheng.infrastructure.access.rules import system
from shuzheng.institutions.laws.content import keep_cited_clauses
from tests.institutions.laws.citing import CITING, RIGHT


def address(name="第三条", version="2019-04-23"):
    return reverse("laws:article", args=["面馆法", version, name])


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
