"""Clauses named in a text open where they are named."""

from django.template import Context, Template

from shuzheng.infrastructure.web.rules import describe_form


def draw(text: str) -> str:
    return Template("{% load ui %}{{ text|clauses }}").render(Context({"text": text}))


def test_each_clause_with_its_version_opens_the_article() -> None:
    drawn = draw("《行政许可法》(2019-04-23)第四十二条第二款；《消防法》(2021-04-29)第十五条")
    assert drawn.count("<a ") == 2
    assert "第四十二条</a>第二款" in drawn


def test_a_law_without_a_version_stays_words() -> None:
    assert draw("《行政许可法》第四十二条") == "《行政许可法》第四十二条"


def test_what_is_no_clause_is_escaped() -> None:
    assert draw("<b>《消防法》") == "&lt;b&gt;《消防法》"


def test_the_choices_of_a_list_have_their_words() -> None:
    kinds = {
        "type": "array",
        "title": "卖些什么？",
        "items": {"type": "string", "enum": ["hot"]},
        "x-enum-labels": {"hot": "热食"},
    }
    asked = describe_form({"type": "object", "properties": {"kinds": kinds}}).fields
    assert [choice.label for choice in asked[0].choices] == ["热食"]
