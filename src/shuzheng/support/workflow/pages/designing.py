"""The designer: a flow drawn in the browser, checked as one draws, or drawn elsewhere."""

from collections import defaultdict

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from shuzheng.infrastructure.web.operations import (
    actor_of,
    allow_style_attributes,
    attachment,
    in_english,
    listed,
    number_in,
    page,
    requires,
)
from shuzheng.infrastructure.web.rules import ElementTable
from shuzheng.institutions.calendar.queries import get_calendar
from shuzheng.institutions.organisation.queries import list_posts
from shuzheng.policy.refusals import Invalid
from shuzheng.support.decisions.queries import list_decisions
from shuzheng.support.matters.queries import list_matters
from shuzheng.support.workflow.operations import save_draft
from shuzheng.support.workflow.pages.drawing import draw_problems
from shuzheng.support.workflow.queries import (
    Draft,
    check_drawing,
    get_draft,
    get_flow_version,
    list_flows,
)
from shuzheng.support.workflow.rules import FlowInvalid
from shuzheng.support.workflow.rules.draft_refusals import DrawingTooLarge
from shuzheng.support.workflow.rules.entries import DRAFT_FLOW
from shuzheng.support.workflow.rules.layout import lay_out
from shuzheng.support.workflow.rules.names import names_in
from shuzheng.support.workflow.rules.reading.xml import MAX_BYTES


@requires(DRAFT_FLOW)
@allow_style_attributes
def design(request: HttpRequest, draft: int) -> HttpResponse:
    """Show the designer on a draft."""
    return _designer(request, draft)


def _designer(request: HttpRequest, draft: int, refusal: Invalid | None = None) -> HttpResponse:
    found = get_draft(draft)
    context = {
        "draft": found.row,
        "refusal": refusal,
        "source": reverse("flows:draft_drawing", args=[draft]),
        "problems": _problems(found.xml, found),
        "duties": _duties(),
        "operations": _operations(),
        "decisions": [each for each in list_decisions() if each.is_in_force],
        "matters": list_matters(on=get_calendar().local_day(timezone.now()), kind="matter"),
        "flows": [each for each in list_flows() if each.is_in_force],
    }
    return page(request, "workflow/design.html", context, status=422 if refusal else 200)


@requires(DRAFT_FLOW)
@require_POST
def check(request: HttpRequest, draft: int) -> HttpResponse:
    """Answer what is wrong with a drawing as it stands on the screen; nothing is kept."""
    table = _problems(_sent(request), get_draft(draft))
    return page(request, "workflow/problems.html", {"problems": table})


@requires(DRAFT_FLOW)
@require_POST
def tidy(request: HttpRequest, draft: int) -> HttpResponse:
    """Answer the drawing on the screen with everything placed anew; nothing is kept."""
    laid = lay_out(_sent(request), anew=True)
    return attachment(request, laid, f"draft-{draft}.bpmn", "application/xml")


@requires(DRAFT_FLOW)
@require_POST
def save(request: HttpRequest, draft: int) -> HttpResponse:
    """Keep the drawing, sound or not, if it is one; answers how often it has been saved.

    A file that is none changes nothing: why not is said beside the place to upload another.
    """
    try:
        saved = save_draft(
            draft=draft,
            xml=lay_out(_sent(request)),
            revision=number_in(request.POST.get("revision", ""), digits=9),
            by=actor_of(request),
            at=timezone.now(),
        )
    except (FlowInvalid, DrawingTooLarge) as refusal:
        if "file" not in request.FILES:
            raise
        return _designer(request, draft, refusal)
    if request.headers.get("X-Designer"):
        return JsonResponse({"revision": saved})
    return redirect("flows:design", draft)


def _sent(request: HttpRequest) -> bytes:
    """Return the drawing that was sent: as a field by the designer, or as a file."""
    file = request.FILES.get("file")
    if file is None:
        return request.POST.get("xml", "").encode()
    if (file.size or 0) > MAX_BYTES:
        raise DrawingTooLarge
    return bytes(file.read())


def _duties() -> list[tuple[str, str]]:
    """Return the duties that posts have, and those that go by the matter, each with its posts."""
    held: dict[str, dict[str, None]] = defaultdict(dict)
    for post in list_posts():
        for duty in post.duties:
            verb, _, subject = duty.partition(":")
            for each in (duty, f"{verb}:{{matter}}") if subject else (duty,):
                held[each][in_english(post.name)] = None
    return sorted((duty, listed(posts)) for duty, posts in held.items())


def _operations() -> list[str]:
    """Return the services that flows in force ask for: what the house is known to do."""
    flows = (get_flow_version(each.id).flow for each in list_flows() if each.is_in_force)
    return sorted(
        {
            node.called
            for flow in flows
            for node in flow.nodes.values()
            if node.kind in {"service", "send"} and node.called
        }
    )


def _problems(xml: bytes, of: Draft) -> ElementTable:
    problems = check_drawing(xml, key=of.row.key, process=of.process, at=timezone.now())
    try:
        return draw_problems(problems, names_in(xml))
    except FlowInvalid:
        return draw_problems(problems, {})
