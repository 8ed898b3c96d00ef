"""All that the engine says has a stable code, a Chinese sentence and an English one."""

import re
from collections.abc import Iterator

import polib
import pytest
from django.test import RequestFactory
from django.utils import translation

from shuzheng.infrastructure.access.rules import system
from shuzheng.infrastructure.web.operations import say, say_sentence
from shuzheng.policy.refusals import Sentence
from shuzheng.site.texts import compile_texts
from shuzheng.support.decisions.models import DecisionRun, DraftState
from shuzheng.support.decisions.operations import decide, publish_decision
from shuzheng.support.decisions.pages.notes import say_note
from shuzheng.support.decisions.pages.runs import show_run
from shuzheng.support.decisions.queries import get_run
from shuzheng.support.decisions.rules import (
    DecisionRefusal,
    ExpressionInvalid,
    ModelInvalid,
    Publication,
    compile_expression,
    declared_faults,
    note_from_json,
    read_model,
)
from shuzheng.support.decisions.rules.checks import cells, coverage
from shuzheng.support.decisions.rules.entries import SEE_DECISIONS
from shuzheng.support.decisions.rules.faults import feel
from tests.architecture.test_english import CATALOGUE
from tests.architecture.tree import SOURCE
from tests.support.decisions.models_of_rules import decision, literal, model, table_model

CHINESE = re.compile(r"[\u3400-\u9fff]")


@pytest.fixture(scope="module", autouse=True)
def _compiled():
    compile_texts(SOURCE)


def refusals() -> Iterator[type[DecisionRefusal]]:
    """Yield every refusal of the room."""
    waiting = [DecisionRefusal]
    while waiting:
        waiting += (found := waiting.pop()).__subclasses__()
        yield found


def findings() -> Iterator[tuple[str, str]]:
    """Yield the code and the sentence of everything the checks of tables can find."""
    for module in (cells, coverage):
        for name, value in vars(module).items():
            if name.isupper() and isinstance(value, tuple) and len(value) == 2:
                yield value
            elif name.isupper() and isinstance(value, str) and CHINESE.search(value):
                yield f"table-{name.lower()}", value


def everything() -> list[tuple[str, str]]:
    """Return the code and the sentence of all the room says of models, drafts and runs."""
    said = [(each.code, each.template) for each in (*declared_faults(), *refusals())]
    said += [(f"{each.code} remedy", each.remedy) for each in refusals() if each.remedy]
    said += [(f"state {each.value}", str(each.label)) for each in DraftState]
    return said + list(findings())


def without_english(said: list[tuple[str, str]]) -> list[str]:
    """Return the codes whose sentence nobody has said in English."""
    english = {each.msgid: each.msgstr for each in polib.pofile(str(CATALOGUE))}
    return [
        code
        for code, template in said
        if not english.get(template) or CHINESE.search(english[template])
    ]


def test_everything_said_has_english():
    assert len(everything()) > 150
    assert without_english(everything()) == []


def test_a_code_without_english_is_noticed():
    known, new = ("feel-index", feel.INDEX.template), ("feel-new", "这是新写的一句")
    assert without_english([known, new]) == ["feel-new"]


def test_every_code_stands_for_one_sentence():
    codes = [each.code for each in (*declared_faults(), *refusals())]
    assert sorted(codes) == sorted(set(codes))
    assert all(re.fullmatch(r"[a-z][a-z-]+", code) for code in codes)


def in_english(refusal: DecisionRefusal) -> str:
    with translation.override("en"):
        return say(refusal)


def test_a_syntax_error_is_said_in_english_with_what_was_expected():
    with pytest.raises(ExpressionInvalid) as refused:
        compile_expression("(1 +")
    said = in_english(refused.value)
    assert "line 1" in said
    assert "the end" in said
    assert not CHINESE.search(said)


def test_a_fault_of_a_cell_is_said_in_english_through_all_its_parts():
    with pytest.raises(ModelInvalid) as refused:
        read_model(table_model(("a",), (("< <", "1"),)))
    assert "有误：第 1 条规则：“" in str(refused.value)
    assert "。。" not in str(refused.value)
    said = in_english(refused.value)
    assert "is not sound: rule 1: “< <”, line 1" in said
    assert not CHINESE.search(said)


@pytest.mark.django_db
def test_a_run_keeps_its_notes_without_words_and_a_page_says_them_in_english(citizen, official, at):
    xml = model(decision("level", literal('[1, 2][3] = string length(1) + "x"')))
    publish_decision(Publication(key="level", title="Level", xml=xml), by=system("tests"), at=at)
    run = decide(decision="level", inputs={}, by=citizen, at=at)
    kept = DecisionRun.objects.get().notes
    assert [each["code"] for each in kept] == ["feel-index", "feel-arguments", "feel-operator"]
    assert not CHINESE.search(str(kept))
    notes = get_run(run.id).notes
    assert str(notes[1]) == "string length：参数个数或类型不符：(number)"
    request = RequestFactory().get(f"/desk/decisions/runs/{run.id}/")
    request.actor = official(SEE_DECISIONS, post="")
    with translation.override("en"):
        text = show_run(request, run=run.id).content.decode()
        assert say_note(notes[1]) in text
    assert "string length: number or types of the arguments do not fit: (number)" in text
    assert "the list has 2 items and none at place 3" in text


def test_a_note_of_a_kind_that_is_no_more_is_still_a_note():
    old = note_from_json({"code": "feel-gone", "facts": {"a": 1}, "where": "f"})
    assert str(old) == "f：feel-gone"
    assert str(note_from_json("feel-type: “x”应为 number")) == "feel-type: “x”应为 number"


def test_words_and_sentences_are_strung_together_in_the_readers_language():
    parts = (Sentence("a", "结尾"), Sentence("b", "长度"))
    sentence = Sentence("c", "参数应为 {names}", {"names": parts})
    assert str(sentence) == "参数应为 结尾；长度"
    with translation.override("en"):
        assert say_sentence(sentence) == "the parameters should be the end; length"
        assert say_sentence(Sentence("c", "参数应为 {names}", {"names": ["x", "y"]})) == (
            "the parameters should be x, y"
        )
