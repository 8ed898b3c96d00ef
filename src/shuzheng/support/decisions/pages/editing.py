"""Changing a decision in the browser, as a table or as a drawing: one draft, one check."""

import json

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from shuzheng.infrastructure.web.operations import (
    actor_of,
    allow_style_attributes,
    page,
    requires,
    say,
)
from shuzheng.support.decisions.operations import save_draft, send_to_review
from shuzheng.support.decisions.pages.drawing import labels_for
from shuzheng.support.decisions.pages.examined import draw_examination
from shuzheng.support.decisions.pages.rows import draw_rows
from shuzheng.support.decisions.pages.sent import Written, read_written, start_writing, written_in
from shuzheng.support.decisions.queries import get_draft
from shuzheng.support.decisions.rules import (
    DecisionRefusal,
    as_text,
    with_drawing,
)
from shuzheng.support.decisions.rules.entries import DRAFT_DECISION

TABLE, DRAWING = "edit", "draw"


@requires(DRAFT_DECISION)
def edit_decision(request: HttpRequest, key: str) -> HttpResponse:
    """Show the table as fields; what is written is checked, kept as a draft, and sent."""
    if request.method == "POST":
        return _answer(request, key, TABLE)
    written = start_writing(key, request.GET.get("draft", ""), by=actor_of(request))
    if written.table is None:
        return redirect(f"{reverse('decisions:draw', args=[key])}?{request.GET.urlencode()}")
    return _show(request, TABLE, written)


@requires(DRAFT_DECISION)
@allow_style_attributes
def draw_decision(request: HttpRequest, key: str) -> HttpResponse:
    """Show the whole model to be changed in its drawing; checked, kept and sent like the table."""
    if request.method == "POST":
        return _answer(request, key, TABLE if "as_table" in request.POST else DRAWING)
    written = start_writing(key, request.GET.get("draft", ""), by=actor_of(request))
    return _show(request, DRAWING, written)


@requires(DRAFT_DECISION)
def check_decision(request: HttpRequest, key: str) -> HttpResponse:
    """Answer what is wrong with the model as it stands in either editor; nothing is kept."""
    written = read_written(key, request.POST, by=actor_of(request))
    found = draw_examination(written.examine(), written.version)
    return page(request, "decisions/examined.html", found)


def _answer(request: HttpRequest, key: str, editor: str) -> HttpResponse:
    """Keep or send what was written, or show it again with what was found."""
    written, fault = read_written(key, request.POST, by=actor_of(request)), ""
    if "save" in request.POST or "send" in request.POST:
        try:
            draft = _save(request, written)
            written = written_in(get_draft(draft), by=actor_of(request))
            if "send" in request.POST:
                send_to_review(draft=draft, by=actor_of(request), at=timezone.now())
                return redirect("decisions:draft", draft)
            return redirect(f"{reverse(f'decisions:{editor}', args=[key])}?draft={draft}#examined")
        except DecisionRefusal as refusal:
            fault = say(refusal)
    if editor == TABLE and written.table is None:
        editor, fault = DRAWING, gettext("这个模型现在不能显示为表格，请先在图上改正。")
    return _show(request, editor, written, fault=fault)


def _save(request: HttpRequest, written: Written) -> int:
    return save_draft(
        base=written.version.id,
        xml=written.xml,
        cases=written.cases,
        reasons=written.reasons,
        draft=written.draft,
        revision=written.revision,
        by=actor_of(request),
        at=timezone.now(),
    )


def _show(request: HttpRequest, editor: str, written: Written, *, fault: str = "") -> HttpResponse:
    """Draw an editor; what was opened untouched is not examined."""
    is_new = request.method != "POST" and written.draft is None
    labels, box = labels_for(written.version), written.table
    found = {} if is_new else draw_examination(written.examine(), written.version)
    context = {
        "version": written.version,
        "written": written,
        "row": get_draft(written.draft).row if written.draft else None,
        "model": _as_text(written.xml, drawn=editor == DRAWING),
        "labels_text": json.dumps(labels, ensure_ascii=False),
        "has_table": box is not None,
        **(draw_rows(box, add="add" in request.POST) if box else {}),
        **found,
        "fault": fault,
    }
    is_fine = request.method != "POST" or (found["is_sound"] and not fault)
    return page(request, f"decisions/{editor}.html", context, status=200 if is_fine else 422)


def _as_text(xml: bytes, *, drawn: bool) -> str:
    """Return the model, with a drawing if asked; what cannot be read stays as it was sent."""
    try:
        return as_text(with_drawing(xml) if drawn else xml)
    except DecisionRefusal:
        return xml.decode(errors="replace")
