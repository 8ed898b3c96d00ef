"""Texts, the folder they stand in, repeals, words and stamps: all without a table."""

from datetime import date

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from shuzheng.institutions.laws.rules import (
    CitationStatus,
    LawTextUnreadable,
    Repeal,
    Shelf,
    Validity,
    digest_of,
    find_in,
    in_force_from,
    open_shelf,
    plain_title,
    read_law,
    repeals_among,
    status_of,
)
from shuzheng.institutions.laws.rules.stamping import stamp_text
from shuzheng.policy.citations import Citation
from shuzheng.policy.periods import Period

REAL = settings.SHARED_FOLDER / "data" / "laws"
V2019, V2003 = date(2019, 4, 23), date(2003, 8, 27)


def citation(**changes) -> Citation:
    given = {
        "law": "面馆法",
        "version": V2019,
        "article": "第三条",
        "says": "五日内决定",
        "verified": True,
    }
    return Citation(**given | changes)


def test_articles_keep_their_paragraphs_and_the_headings_above_them(texts):
    law = Shelf(texts).find("面馆法", V2019)

    assert [each.name for each in law.articles] == [
        "第一条",
        "第二条",
        "第三条",
        "第三条之一",
        "第四条",
    ]
    assert law.article("第二条").text == "本法所称面馆，是指卖面的店。\n前款所称面，包括粉。"
    assert law.article("第一条").heading == "第一章 总 则"
    assert law.article("第三条").heading == "第二章 许可 · 第一节 受理"
    assert law.article("第九条") is None


def test_title_version_and_notices_are_read(texts):
    law = Shelf(texts).find("中华人民共和国面馆法", V2019)

    assert (law.title, law.full_title) == ("面馆法", "中华人民共和国面馆法")
    assert law.notices.splitlines()[-1] == "2019年4月23日 第二次会议修正"
    assert law.source == "national/面馆法(2019-04-23).md"


def test_a_file_without_a_date_has_that_of_its_last_amendment(texts):
    assert Shelf(texts).versions("青石市小面馆规定") == (date(2016, 12, 23),)


def test_a_text_without_any_date_cannot_be_read(texts):
    with pytest.raises(LawTextUnreadable):
        read_law("无日期", "# 无日期\n<!-- INFO END -->\n")
    assert "无日期" not in [law.title for law in Shelf(texts).laws()]


def test_a_book_of_the_civil_code_carries_the_codes_name():
    law = read_law(
        "总则", "# 中华人民共和国民法典\n# 总则\n2020年5月28日 通过\n<!-- INFO END -->\n"
    )

    assert (law.title, law.version) == ("民法典总则", date(2020, 5, 28))


def test_a_folder_knows_its_versions_and_how_far_it_reaches(texts):
    shelf = Shelf(texts)

    assert shelf.versions("《面馆法》") == (V2003, V2019)
    assert shelf.snapshot_on == V2019
    assert shelf.find("面馆法", date(2020, 1, 1)) is None
    assert open_shelf(texts / "nowhere") is None


def test_titles_are_compared_without_brackets_state_and_kind_of_quotes():
    assert plain_title('保障"最多跑一次"规定') == plain_title("《保障“最多跑一次”规定》")


@given(st.text(), st.sampled_from([" ", "\n", "\u3000"]))
def test_white_space_does_not_change_a_digest(text, blank):
    assert digest_of(text) == digest_of(blank + text + blank)


def test_a_repeal_ends_a_law_the_day_before_the_new_one_begins(texts):
    assert repeals_among(Shelf(texts).laws()) == (
        Repeal("炉灶管理办法", date(1990, 1, 1), date(2019, 5, 31), "《面馆法》(2003-08-27)"),
        Repeal("炉灶管理办法", date(1990, 1, 1), date(2019, 5, 31), "《面馆法》(2019-04-23)"),
    )
    assert in_force_from(Shelf(texts).find("面馆法", V2019)) == date(2019, 6, 1)


def test_a_repeal_in_part_ends_no_law():
    text = (
        "# 甲法\n2001年1月1日 通过\n<!-- INFO END -->\n"
        "第一条 本法自2001年1月1日起施行，《乙法》中有关甲的规定同时废止。\n"
    )
    other = "# 乙法\n2000年1月1日 通过\n<!-- INFO END -->\n第一条 乙。\n"
    laws = (read_law("甲法(2001-01-01)", text), read_law("乙法(2000-01-01)", other))

    assert repeals_among(laws) == ()


SHA = digest_of("行政机关应当自受理之日起五日内决定。")
CONFIRMED = Validity("面馆法", V2019, confirmed_on=date(2025, 4, 5))
ENDED = Validity("面馆法", V2019, to_on=date(2024, 1, 1))


@pytest.mark.parametrize(
    ("text_sha256", "versions", "validities", "sha256", "status"),
    [
        (SHA, (V2003, V2019), (), SHA, CitationStatus.TEXT_MATCHED),
        (SHA, (V2019,), (), "", CitationStatus.TEXT_MATCHED),
        (SHA, (V2019,), (CONFIRMED,), SHA, CitationStatus.IN_FORCE),
        (SHA, (V2019, date(2024, 1, 1)), (CONFIRMED,), SHA, CitationStatus.SUPERSEDED),
        (SHA, (V2019,), (ENDED,), SHA, CitationStatus.SUPERSEDED),
        (SHA, (V2019,), (CONFIRMED,), "0" * 64, CitationStatus.TEXT_DIFFERS),
        ("", (V2019,), (CONFIRMED,), SHA, CitationStatus.ARTICLE_MISSING),
        (None, (), (CONFIRMED,), SHA, CitationStatus.UNKNOWN),
        (None, (), (ENDED,), SHA, CitationStatus.SUPERSEDED),
    ],
)
def test_what_is_known_of_a_citation(text_sha256, versions, validities, sha256, status):
    assert (
        status_of(
            citation(sha256=sha256),
            text_sha256=text_sha256,
            versions=versions,
            validities=validities,
        )
        == status
    )


def test_citations_are_found_wherever_they_stand():
    period = Period(amount=5, unit="working_day", citation=citation(), verified=True)

    assert [where for where, _ in find_in({"a": [period]}, Citation)] == [("a", 0, "citation")]
    assert list(find_in(period, Period)) == [((), period)]


BLOCK = """\
# what stands around stays
period:
    amount: 5
    citation:
        law: 面馆法
        version: 2019-04-23
        article: 第三条
        says: 五日内决定   # our words
        verified: true
"""
FLOW = "cited: {law: 面馆法, version: 2019-04-23, article: 第三条, says: 五日, verified: true}\n"


def test_a_stamp_adds_the_hash_and_nothing_else(texts):
    stamped = stamp_text(BLOCK, Shelf(texts))

    assert stamped == BLOCK.replace(
        "article: 第三条\n", f"article: 第三条\n        sha256: {SHA}\n"
    )
    assert stamp_text(stamped, Shelf(texts)) == stamped
    assert stamp_text(FLOW, Shelf(texts)) == FLOW.replace("第三条", f"第三条, sha256: {SHA}")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("true", "false"),
        ("第三条", "第九条"),
        ("面馆法", "面条法"),
        ("2019", "2018"),
        ("version", "v"),
    ],
)
def test_what_cannot_be_confirmed_is_not_stamped(texts, old, new):
    text = BLOCK.replace(old, new)

    assert stamp_text(text, Shelf(texts)) == text


@pytest.mark.shared
@pytest.mark.skipif(not REAL.is_dir(), reason="没有 SHUZHENG_SHARED/data/laws")
def test_the_real_library_reads_whole():
    laws = tuple(Shelf(REAL).laws())

    assert len(laws) == 1225
    assert sum(len(law.articles) for law in laws) == 58318
    assert (
        Shelf(REAL)
        .find("行政许可法", V2019)
        .article("第八十二条")
        .text.startswith("本法规定的行政机关实施行政许可的期限以工作日计算")
    )
    repealed = {(each.law, each.version) for each in repeals_among(laws)}
    assert ("浙江省水资源管理条例", date(2017, 11, 30)) in repealed
    assert len(repealed) == 32
