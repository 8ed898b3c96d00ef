"""Typst: one compiler a process, data passed beside the source so that no text becomes code."""

import io
import json
import threading
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import segno
import typst

from shuzheng.support.documents.rules.refusals import NoChineseFont, TemplateBroken
from shuzheng.support.documents.rules.templates import Template

CHINESE_FONTS = frozenset({"Noto Serif CJK SC", "Noto Sans CJK SC"})
_PREAMBLE = "#let data = json(bytes(sys.inputs.data))\n#let qr = bytes(sys.inputs.qr)\n"
_one_at_a_time = threading.Lock()


@cache
def _compiler() -> typst.Compiler:
    """Scan the machine's fonts once (some 100 ms) and keep the compiler for the process."""
    fonts = typst.Fonts(include_system_fonts=True, include_embedded_fonts=False)
    if not set(fonts.families()) >= CHINESE_FONTS:
        raise NoChineseFont
    return typst.Compiler(
        font_paths=fonts, ignore_system_fonts=True, root=Path(__file__).parent / "typst"
    )


def typeset(
    template: Template, data: Mapping[str, Any], *, qr_text: str = "", at: datetime
) -> bytes:
    """Typeset the data by the template into a PDF/A-2b document dated ``at``.

    The same template, data and moment give the same bytes.

    Raises:
        TemplateBroken: typst cannot compile the template with this data.
        NoChineseFont: the machine has no Chinese font.
    """
    return _compile(template, data, qr_text=qr_text, at=at, standards=["a-2b"], form="pdf")


def typeset_fragment(template: Template, data: Mapping[str, Any], *, at: datetime) -> bytes:
    """Typeset a drawing to be laid over another PDF (a seal's picture): one page, no standard."""
    return _compile(template, data, qr_text="", at=at, standards=[], form="pdf")


def draw_picture(template: Template, data: Mapping[str, Any]) -> str:
    """Typeset the first page as SVG text, for a preview on a page."""
    at = datetime(2000, 1, 1, tzinfo=UTC)
    return _compile(template, data, qr_text="", at=at, standards=[], form="svg").decode()


def draw_qr_code(text: str) -> bytes:
    """Draw a QR code (error correction M) as SVG without margin."""
    picture = io.BytesIO()
    segno.make(text or "-", error="m", micro=False).save(
        picture, kind="svg", border=0, xmldecl=False, svgns=True
    )
    return picture.getvalue()


def _compile(
    template: Template,
    data: Mapping[str, Any],
    *,
    qr_text: str,
    at: datetime,
    standards: list[Any],
    form: Any,
) -> bytes:
    inputs = {"data": json.dumps(data, ensure_ascii=False), "qr": draw_qr_code(qr_text).decode()}
    try:
        with _one_at_a_time:
            made: Any = _compiler().compile(
                input=(_PREAMBLE + template.source).encode(),
                format=form,
                sys_inputs=inputs,
                pdf_standards=standards,
                pdf_tags=False,
                timestamp=at.astimezone(UTC).replace(microsecond=0),
            )
    except typst.TypstError as error:
        raise TemplateBroken(template=template.key, why=error.message) from error
    return made if isinstance(made, bytes) else made[0]
