"""All that is said of a drawing has a stable code, a Chinese sentence and an English one."""

import ast
import re
from collections.abc import Iterator

import polib
import pytest
from django.utils import translation

from shuzheng.infrastructure.web.operations import say, say_sentence
from shuzheng.site.texts import compile_texts
from shuzheng.support.workflow.pages.drawing import draw_problems, say_change
from shuzheng.support.workflow.rules import FlowInvalid, WorkflowRefusal, check_flow, read_flow
from shuzheng.support.workflow.rules.comparing import compare_flows
from shuzheng.support.workflow.rules.sentences import KINDS
from tests.architecture.test_english import CATALOGUE
from tests.architecture.tree import CHECKOUT, SOURCE
from tests.support.workflow.flow_drawing import drawing

pytestmark = pytest.mark.django_db
CHINESE = re.compile(r"[\u3400-\u9fff]")
MARKED = {"gettext_noop", "declare_permission", "declare_entry_kind"}
TABLE = CHECKOUT / "docs" / "flow-problems.md"


@pytest.fixture(scope="module", autouse=True)
def _compiled() -> None:
    compile_texts(SOURCE)


def english() -> dict[str, str]:
    return {each.msgid: each.msgstr for each in polib.pofile(str(CATALOGUE))}


def refusals() -> Iterator[type[WorkflowRefusal]]:
    waiting = [WorkflowRefusal]
    while waiting:
        waiting += (found := waiting.pop()).__subclasses__()
        yield found


def everything() -> list[tuple[str, str]]:
    """Return the code and the sentence of all the room says of drawings and drafts."""
    said = [(f"{each.code} remedy", each.remedy) for each in (*KINDS, *refusals()) if each.remedy]
    return [(each.code, each.template) for each in (*KINDS, *refusals())] + said


def without_english(said: list[tuple[str, str]]) -> list[str]:
    """Return the codes whose sentence nobody has said in English."""
    known = english()
    return [
        code
        for code, template in said
        if not known.get(template) or CHINESE.search(known[template])
    ]


def unmarked(source: str) -> list[str]:
    """Return the Chinese in a module that the catalogue cannot know of."""
    tree = ast.parse(source)
    known = {
        id(argument)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in MARKED
        for argument in node.args
    }
    known |= {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and CHINESE.search(node.value)
        and id(node) not in known
    ]


def test_everything_said_of_a_drawing_has_english() -> None:
    assert len(everything()) > 250
    assert without_english(everything()) == []


def test_a_code_without_english_is_noticed() -> None:
    known, new = ("deadlock", KINDS[0].template), ("new-problem", "这是新写的一句")
    assert without_english([known, new]) == ["new-problem"]


def test_every_code_stands_for_one_sentence() -> None:
    codes = [each.code for each in KINDS]
    assert sorted(codes) == sorted(set(codes))
    assert all(re.fullmatch(r"[a-z][a-z-]+", code) for code in codes)


def test_words_put_into_sentences_are_in_the_catalogue_too() -> None:
    modules = sorted((SOURCE / "support" / "workflow" / "rules").rglob("*.py"))
    assert {path.name: found for path in modules if (found := unmarked(path.read_text()))} == {}


def test_a_word_outside_the_catalogue_is_noticed() -> None:
    source = '"""说明"""\nA = gettext_noop("入口")\nB = f"{A}不通"\nC = dict(end="出口")\n'
    assert unmarked(source) == ["不通", "出口"]


def test_a_problem_is_said_in_the_readers_language_with_its_facts_and_its_words() -> None:
    body = '<startEvent id="s"/><exclusiveGateway id="g"/><task id="a"/><endEvent id="e"/>'
    found = {each.code: each for each in check_flow(drawing(body, "s>g g>a[1_+] g>e a>e"))}
    problem = found["expression-unreadable"]
    assert problem.message.startswith("表达式“1 +”无法读取：")
    with translation.override("en"):
        said = say_sentence(problem.sentence)
        assert said.startswith("The expression “1 +” cannot be read:")
        assert not CHINESE.search(said + say_sentence(problem.way_out))
        (row,) = draw_problems([problem], {}).rows
        assert row.cells[2].text == said


def test_a_refused_drawing_is_said_in_english_through_all_its_parts() -> None:
    unsound = drawing('<startEvent id="s"/><complexGateway id="g"/><endEvent id="e"/>', "s>g g>e")
    with pytest.raises(FlowInvalid) as refused:
        read_flow(unsound)
    assert "g 本系统不执行复杂网关。请改用排他、并行或包容网关。" in str(refused.value)
    with translation.override("en"):
        said = say(refused.value)
    assert "g: Complex gateways are not run here. Use an exclusive" in said
    assert not CHINESE.search(said)


def test_the_documented_problems_are_those_in_use_in_both_languages() -> None:
    rows = [line for line in TABLE.read_text().splitlines() if line.startswith("| `")]
    assert rows == documented(english())


def documented(known: dict[str, str]) -> list[str]:
    """Return the lines of the table in the documentation."""
    severity = {"error": "错误 error", "warning": "留意 warning"}
    return [
        f"| `{each.code}` | {severity[each.severity]} | {each.template}{each.remedy} | "
        f"{known[each.template]} {known[each.remedy]} |"
        for each in KINDS
    ]


def test_a_change_is_said_in_the_readers_language_but_for_what_people_named() -> None:
    before = '<startEvent id="s"/><userTask id="a" name="受理"/><endEvent id="e"/>'
    after = before.replace("userTask", "serviceTask")
    flows = (read_flow(drawing(body, "s>a a>e")) for body in (before, after))
    (change,) = compare_flows(*flows)
    assert change.sentence == "服务任务“受理”的类型由“人工任务”改为“服务任务”。"
    with translation.override("en"):
        said = say_change(change)
    assert CHINESE.findall(said) == ["受", "理"]
