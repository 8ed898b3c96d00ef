"""A draft of a flow: what it changes, what is wrong, and who has to do what next."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from shuzheng.infrastructure.web.operations import (
    actor_of,
    allow_style_attributes,
    attachment,
    page,
    requires,
    signed_in,
)
from shuzheng.policy.refusals import Invalid, Sentence
from shuzheng.support.workflow.operations import (
    draft_new_flow,
    drop_draft,
    publish_draft,
    send_back,
    send_to_review,
    start_draft,
)
from shuzheng.support.workflow.pages.drawing import (
    change_legend,
    draw_changes,
    draw_problems,
    draw_steps,
    has_removed,
)
from shuzheng.support.workflow.pages.library import BPMN, COLOURS
from shuzheng.support.workflow.queries import (
    Draft,
    DraftRow,
    check_drawing,
    compare_draft,
    get_draft,
    get_draft_picture,
    get_flow_version,
)
from shuzheng.support.workflow.rules import FlowInvalid, read_flow
from shuzheng.support.workflow.rules.entries import (
    DRAFT_FLOW,
    PUBLISH_FLOW,
    REVIEW_FLOW,
    SEE_FLOWS,
)
from shuzheng.support.workflow.rules.names import names_in


@requires(DRAFT_FLOW)
@require_POST
def start(request: HttpRequest, key: str) -> HttpResponse:
    """Begin a draft and open it in the designer."""
    draft = start_draft(key=key, by=actor_of(request), at=timezone.now())
    return redirect("flows:design", draft)


@requires(DRAFT_FLOW)
def new(request: HttpRequest) -> HttpResponse:
    """Ask for the key and title of a new flow; begin it."""
    if request.method != "POST":
        return page(request, "workflow/new.html", {})
    try:
        draft = draft_new_flow(
            key=request.POST.get("key", "").strip(),
            title=request.POST.get("title", ""),
            by=actor_of(request),
            at=timezone.now(),
        )
    except Invalid as refusal:
        return page(request, "workflow/new.html", {"refusal": refusal}, status=422)
    return redirect("flows:design", draft)


@requires(SEE_FLOWS)
def show_drawing(request: HttpRequest, draft: int) -> HttpResponse:
    """Hand out a draft's drawing with coordinates."""
    return attachment(request, get_draft_picture(draft), f"draft-{draft}.bpmn", BPMN)


@requires(SEE_FLOWS)
@allow_style_attributes
def show_draft(request: HttpRequest, draft: int) -> HttpResponse:
    """Show a draft with what the reader may do about it."""
    return _shown(request, draft)


def _shown(request: HttpRequest, draft: int, refusal: Invalid | None = None) -> HttpResponse:
    found = get_draft(draft)
    context = _draw(found) | _acts(request, found.row) | {"refusal": refusal}
    context["typed"] = request.POST.get("reasons", "")
    return page(request, "workflow/draft.html", context, status=422 if refusal else 200)


@requires(DRAFT_FLOW)
@require_POST
@allow_style_attributes
def send(request: HttpRequest, draft: int) -> HttpResponse:
    """Send a draft to the second person."""
    reasons = request.POST.get("reasons", "")
    try:
        send_to_review(draft=draft, reasons=reasons, by=actor_of(request), at=timezone.now())
    except Invalid as refusal:
        return _shown(request, draft, refusal)
    return redirect("flows:draft", draft)


@requires(DRAFT_FLOW)
@require_POST
def drop(request: HttpRequest, draft: int) -> HttpResponse:
    """Give a draft up."""
    drop_draft(draft=draft, by=actor_of(request), at=timezone.now())
    return redirect("flows:draft", draft)


@signed_in
@require_POST
@allow_style_attributes
def review(request: HttpRequest, draft: int) -> HttpResponse:
    """Publish a draft or send it back; the operation asks who may."""
    by, at, reasons = actor_of(request), timezone.now(), request.POST.get("reasons", "")
    try:
        if request.POST.get("verdict") != "publish":
            send_back(draft=draft, reasons=reasons, by=by, at=at)
            return redirect("flows:draft", draft)
        version = get_flow_version(publish_draft(draft=draft, review=reasons, by=by, at=at))
    except Invalid as refusal:
        return _shown(request, draft, refusal)
    return redirect("flows:version", version.key, version.version)


def _draw(found: Draft) -> dict[str, Any]:
    row = found.row
    problems = check_drawing(found.xml, key=row.key, process=found.process, at=timezone.now())
    context: dict[str, Any] = {
        "draft": row,
        "colour": COLOURS.get(row.state, "grey"),
        "state": gettext(row.state_name),
        "source": reverse("flows:draft_drawing", args=[row.id]),
        "problems": draw_problems(problems, _names(found.xml)),
        "has_problems": bool(problems),
        "legend": change_legend(),
    }
    if any(each.severity == "error" for each in problems):
        return context
    changes = compare_draft(row.id)
    if row.base:
        context |= {
            "table": draw_changes(changes),
            "before_source": reverse("flows:picture", args=[row.base]),
            "removed": draw_changes(changes, removed=True) if has_removed(changes) else None,
        }
    else:
        context["table"] = draw_steps(read_flow(found.xml, process=found.process))
    return context


def _names(xml: bytes) -> dict[str, str | Sentence]:
    try:
        return names_in(xml)
    except FlowInvalid:
        return {}


def _acts(request: HttpRequest, draft: DraftRow) -> dict[str, bool]:
    actor = actor_of(request)
    is_drafter = actor.account == draft.drafted_by
    is_own_department = actor.department == draft.department
    reviews = actor.may(PUBLISH_FLOW) or (actor.may(REVIEW_FLOW) and is_own_department)
    is_open = draft.state in {"drafting", "sent_back"}
    return {
        "may_mend": is_open and is_drafter and actor.may(DRAFT_FLOW),
        "may_drop": draft.state in {"drafting", "sent_back", "waiting"} and is_drafter,
        "may_review": draft.state == "waiting" and reviews and not is_drafter,
        "is_own": draft.state == "waiting" and is_drafter,
    }
