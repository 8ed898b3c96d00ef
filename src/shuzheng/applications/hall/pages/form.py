"""The parts of the one form: filled in, corrected, saved as you go."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from shuzheng.applications.hall.pages.draft import open_draft
from shuzheng.infrastructure.web.operations import (
    actor_of,
    answer_saved,
    bind_form,
    page,
    read_form,
    signed_in,
)
from shuzheng.support.cases import operations as cases


@signed_in
@require_http_methods(["GET", "POST"])
def part(request: HttpRequest, number: str, part: str) -> HttpResponse:
    """Show one part; what is posted is kept whether it is right or not."""
    draft = open_draft(request, number)
    if part not in draft.parts:
        return redirect("hall:overview", number=number)
    if request.method == "GET":
        return page(
            request, "hall/form.html", {"draft": draft, "bound": draft.shown(part), "part": part}
        )
    before = draft.file.form.values
    values, errors = read_form(draft.schema, request.POST, page=part, before=before)
    cases.save_draft(
        number=number, values=values, revision=None, by=actor_of(request), at=timezone.now()
    )
    if errors:
        known = draft.provenance(draft.schema)
        bound = bind_form(draft.schema, values=values, errors=errors, provenance=known, page=part)
        return page(request, "hall/form.html", {"draft": draft, "bound": bound, "part": part}, 422)
    following = draft.next_part(part)
    if following:
        return redirect("hall:form", number=number, part=following)
    return redirect("hall:materials", number=number)


@signed_in
@require_POST
def save(request: HttpRequest, number: str, part: str) -> HttpResponse:
    """Keep what has been typed so far."""
    draft = open_draft(request, number)
    before = draft.file.form.values
    values, _ = read_form(draft.schema, request.POST, page=part, before=before)
    at = timezone.now()
    cases.save_draft(number=number, values=values, revision=None, by=actor_of(request), at=at)
    return answer_saved(request, at=at, back=reverse("hall:form", args=[number, part]))
