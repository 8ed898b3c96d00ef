"""Chinese sentences carry full-width marks: ，：；！？（） and not those of the keyboard."""

import re
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest

from tests.architecture.test_english import CATALOGUE
from tests.architecture.tree import SOURCE

HALF = re.compile(r"(?<=[\u3400-\u9fff])[,:;!?()]|[,:;!?()](?=[\u3400-\u9fff])")
COMMENT = re.compile(r"{#.*?#}|{% comment .*?endcomment %}|<!--.*?-->", re.DOTALL)
AROUND = 12


def half_width(text: str) -> list[str]:
    """Return each half-width mark beside a Chinese character, with what stands around it."""
    return [
        text[max(0, found.start() - AROUND) : found.end() + AROUND] for found in HALF.finditer(text)
    ]


def templates() -> Iterator[Path]:
    """Yield the templates of the house."""
    return (
        path for path in SOURCE.rglob("templates/**/*.html") if "node_modules" not in path.parts
    )


def test_no_text_that_people_read_has_half_width_marks_in_chinese() -> None:
    entries = [each.msgid for each in polib.pofile(str(CATALOGUE)) if not each.obsolete]
    assert [found for text in entries for found in half_width(text)] == []


def test_no_template_has_half_width_marks_in_chinese() -> None:
    found = {path.name: half_width(COMMENT.sub("", path.read_text())) for path in templates()}
    assert {name: marks for name, marks in found.items() if marks} == {}


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("已受理,请等待", 1),
        ("办理结果:准予", 1),
        ("材料齐全;予以受理", 1),
        ("期限中止(依据 {reference})", 1),
        ("第 %(number)s 条(依据：%(source)s)", 1),
        ("{% translate '请执行 ./up,再试' %}", 1),
        ("已受理，请等待（3/9）：%(name)s", 0),
        ("《{law}》({version}){article}", 0),
        ("10:30 前,9 时后", 1),
        ("Accepted: wait, please (3/9)", 0),
    ],
)
def test_a_half_width_mark_in_chinese_is_noticed(text: str, count: int) -> None:
    assert len(half_width(text)) == count
