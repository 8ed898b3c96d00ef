"""English readers see the city's English, or the house's words."""

from collections.abc import Iterator

import pytest
from django.utils import translation

from shuzheng.infrastructure.web.operations import bind_form, local, read_form, use_english
from shuzheng.infrastructure.web.operations.content_in_words import _ask

SCHEMA = {
    "properties": {
        "seats": {"type": "integer", "title": "座位数", "x-message": "请填写座位数"},
        "name": {"type": "string", "title": "店名"},
    },
    "required": ["seats", "name"],
}


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    before = _ask[0]
    use_english(lambda: {"座位数": "Seats", "店名": "Name"})
    yield
    use_english(before)


def test_a_sentence_is_said_in_the_readers_language() -> None:
    assert local("座位数") == "座位数"
    with translation.override("en"):
        assert local("座位数") == "Seats"


def test_what_content_does_not_say_the_house_says() -> None:
    with translation.override("en"):
        assert local("受理") == "Accept"
        assert local("<b>其他</b>") == "<b>其他</b>"
        assert local("") == ""


def test_mistakes_name_the_question_in_the_readers_language() -> None:
    with translation.override("en"):
        _, errors = read_form(SCHEMA, {"seats": "4"})
        (error,) = errors
        assert "Name" in error.message
        assert "店名" not in error.message
        assert bind_form(SCHEMA).fields[0].field.label == "座位数"
