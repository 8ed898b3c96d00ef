"""Typesetting official documents: what a template is, what it needs, and how it becomes a PDF."""

from shuzheng.support.documents.rules.refusals import (
    DataDoesNotFit,
    DocumentRefusal,
    NoChineseFont,
    TemplateBroken,
    UnknownTemplate,
)
from shuzheng.support.documents.rules.templates import Template, check_data, check_schema
from shuzheng.support.documents.rules.typesetting import (
    draw_picture,
    draw_qr_code,
    typeset,
    typeset_fragment,
)

__all__ = [
    "DataDoesNotFit",
    "DocumentRefusal",
    "NoChineseFont",
    "Template",
    "TemplateBroken",
    "UnknownTemplate",
    "check_data",
    "check_schema",
    "draw_picture",
    "draw_qr_code",
    "typeset",
    "typeset_fragment",
]
