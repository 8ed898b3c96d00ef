"""What the city says in English comes from its folder, sentence by sentence."""

import shutil
from datetime import UTC, datetime

import pytest

from shuzheng.infrastructure.access.rules import Actor, PostLacksPermission, system
from shuzheng.infrastructure.content.operations import check_city, list_untranslated
from shuzheng.institutions.city.operations import set_translation
from shuzheng.institutions.city.queries import list_english
from tests.cities import QUZHOU, apply_kinds

AT = datetime(2026, 3, 2, 1, tzinfo=UTC)
EXAMPLE = QUZHOU.parent / "example"


@pytest.mark.django_db
def test_sentences_are_kept_and_taken_back() -> None:
    given = {"key": "a", "language": "en", "by": system("apply"), "at": AT}
    set_translation(texts={"决定": "Decision"}, **given)
    assert list_english() == {"决定": "Decision"}
    set_translation(texts={}, **given)
    assert list_english() == {}


@pytest.mark.django_db
def test_who_may_not_apply_content_translates_nothing() -> None:
    clerk = Actor(kind="official", account="a", post="service.window", department="service")
    with pytest.raises(PostLacksPermission):
        set_translation(key="a", language="en", texts={"决定": "No"}, by=clerk, at=AT)
    assert list_english() == {}


@pytest.mark.django_db
def test_quzhou_says_in_english_what_citizens_read() -> None:
    apply_kinds("translation", at=AT)
    assert list_english()["您有营业执照吗？"] == "Do you have a business licence?"
    assert list_untranslated(folder=QUZHOU, language="en") == ()


def test_a_city_without_english_is_told_which_sentences() -> None:
    assert len(list_untranslated(folder=EXAMPLE, language="en")) > 0


def test_one_sentence_has_one_translation(tmp_path) -> None:
    folder = shutil.copytree(EXAMPLE, tmp_path / "example")
    (folder / "translations").mkdir()
    for key, english in (("a", "Decision"), ("b", "Ruling")):
        text = f'key: {key}\nlanguage: en\ntexts: {{"决定": "{english}"}}\n'
        (folder / "translations" / f"{key}.yaml").write_text(text)
    (problem,) = check_city(folder=folder)
    assert (problem.path.name, problem.message) == ("b.yaml", "“决定”在 a.yaml 里另有译文。")


def test_a_translation_keeps_what_is_filled_in(tmp_path) -> None:
    folder = shutil.copytree(EXAMPLE, tmp_path / "example")
    (folder / "translations").mkdir()
    text = 'key: a\nlanguage: en\ntexts: {"{number} 已受理": "{nummer} is accepted"}\n'
    (folder / "translations" / "a.yaml").write_text(text)
    (problem,) = check_city(folder=folder)
    assert problem.message == "“{number} 已受理”的译文里花括号的内容不同。"
