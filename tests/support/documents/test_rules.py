import json
import re
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shuzheng.support.documents.rules import (
    DataDoesNotFit,
    NoChineseFont,
    Template,
    TemplateBroken,
    check_data,
    check_schema,
    draw_picture,
    draw_qr_code,
    typeset,
    typesetting,
)

AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
PLAIN = Template("plain", "通知", "#set document(date: auto)\n#data.words", {"type": "object"})
WORDS = Template(
    "words",
    "通知",
    "#data.words",
    {"type": "object", "required": ["words"], "properties": {"words": {"type": "string"}}},
)


def test_the_same_data_gives_the_same_bytes():
    assert typeset(PLAIN, {"words": "衢州"}, at=AT) == typeset(PLAIN, {"words": "衢州"}, at=AT)


def test_a_document_claims_and_carries_what_pdf_a_2b_asks_for():
    pdf = typeset(PLAIN, {"words": "衢州𠮷"}, at=AT)
    assert b"/OutputIntents" in pdf
    assert re.search(rb"<pdfaid:part>2</pdfaid:part>", pdf)
    assert re.search(rb"<pdfaid:conformance>B</pdfaid:conformance>", pdf)
    assert b"/Encrypt" not in pdf
    assert b"/FontFile3" in pdf


@given(words=st.text(max_size=60))
@settings(max_examples=40, deadline=None)
def test_no_text_becomes_code(words):
    drawn = draw_picture(
        Template("t", "t", "#assert.eq(type(data.words), str)\n#data.words.len()", {}),
        {"words": words},
    )
    assert drawn.startswith("<svg")


@pytest.mark.parametrize(
    "words",
    ['#panic("x")', "$ x $", "*粗* _斜_", '#read("/etc/passwd")', "<label> @ref", "\\ // /*"],
)
def test_what_looks_like_code_is_shown_as_it_is(words):
    pdf = typeset(PLAIN, {"words": words}, at=AT)
    assert pdf.startswith(b"%PDF-1.7")


def test_a_template_may_not_read_files_of_the_machine():
    greedy = Template("greedy", "t", '#read("/etc/hostname")', {})
    with pytest.raises(TemplateBroken):
        typeset(greedy, {}, at=AT)


def test_a_broken_template_is_named():
    with pytest.raises(TemplateBroken) as refusal:
        typeset(Template("broken", "t", "#nonsense()", {}), {}, at=AT)
    assert "文书模板“broken”排版失败" in str(refusal.value)


def test_missing_data_is_named():
    check_data(WORDS, {"words": "有"})
    with pytest.raises(DataDoesNotFit) as refusal:
        check_data(WORDS, {"words": 3})
    assert refusal.value.facts["where"] == "words"


def test_a_wrong_schema_is_found():
    assert check_schema({"type": "object"}) == ""
    assert "nonsense" in check_schema({"type": "nonsense"})


def test_without_a_chinese_font_nothing_is_made(monkeypatch):
    monkeypatch.setattr(typesetting, "CHINESE_FONTS", frozenset({"No Such Font SC"}))
    typesetting._compiler.cache_clear()
    with pytest.raises(NoChineseFont) as refusal:
        typeset(PLAIN, {"words": "衢州"}, at=AT)
    assert "fonts-noto-cjk" in str(refusal.value)


def test_a_qr_code_is_a_drawing():
    assert draw_qr_code("http://127.0.0.1/verify/ABC").startswith(b"<svg")
    assert json.dumps(draw_qr_code("").decode())
