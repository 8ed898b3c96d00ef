from datetime import date

import pytest
from pydantic import ValidationError

from shuzheng.policy.citations import Citation

RIGHT = {
    "law": "行政许可法",
    "version": date(2019, 4, 23),
    "article": "第四十二条",
    "says": "二十日内决定",
    "verified": False,
}


def test_a_citation_is_printed_with_law_version_article_and_paragraph():
    citation = Citation(**RIGHT, paragraph="第二款")

    assert citation.reference == "《行政许可法》(2019-04-23)第四十二条第二款"


@pytest.mark.parametrize(
    "article", ["第四十二条", "第一千二百五十九条", "第一百二十条之一", "第二〇条"]
)
def test_the_names_of_articles_are_accepted(article):
    assert Citation(**{**RIGHT, "article": article}).article == article


@pytest.mark.parametrize(
    "wrong",
    [
        {"article": "42"},
        {"article": "第42条"},
        {"paragraph": "2"},
        {"sha256": "abc"},
        {"law": ""},
        {"says": ""},
        {"version": "去年"},
        {"url": "https://example.org"},
    ],
)
def test_what_does_not_name_a_place_is_refused(wrong):
    with pytest.raises(ValidationError) as caught:
        Citation(**{**RIGHT, **wrong})

    assert [error["loc"][0] for error in caught.value.errors()] == list(wrong)
