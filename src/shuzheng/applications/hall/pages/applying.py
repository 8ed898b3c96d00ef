"""Apply: where, which questions, what is left to do, check, submit."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from shuzheng.applications.hall.pages.draft import open_draft
from shuzheng.applications.hall.pages.summary import faults_of, summary_of, titles_of
from shuzheng.data.registers.queries import search_records
from shuzheng.infrastructure.web.operations import (
    actor_of,
    bind_form,
    limited,
    page,
    read_form,
    signed_in,
)
from shuzheng.policy.refusals import Refusal
from shuzheng.support.cases import operations as cases
from shuzheng.support.cases.queries import get_state
from shuzheng.support.cases.rules import (
    CorrectionUnchanged,
    FieldIsFixed,
    FormIncomplete,
    MaterialMissing,
    State,
)


@signed_in
@limited("20/m")
@require_POST
def start(request: HttpRequest, key: str) -> HttpResponse:
    """Open a draft and ask where the place is."""
    number = cases.start_draft(bundle=key, by=actor_of(request), at=timezone.now())
    return redirect("hall:place", number=number)


@signed_in
@require_http_methods(["GET", "POST"])
def place(request: HttpRequest, number: str) -> HttpResponse:
    """Ask where the place is; the register then answers what it knows of the building."""
    if request.method == "POST":
        reference = request.POST.get("premises", "")
        cleared = cases.choose_premises(
            number=number, reference=reference, by=actor_of(request), at=timezone.now()
        )
        after = urlencode({"cleared": cleared}, doseq=True)
        return redirect(f"{reverse('hall:questions', args=[number])}{after and '?'}{after}")
    text = request.GET.get("q", "").strip()[:100]
    found = search_records(register="premises", field="address", text=text) if text else ()
    draft = open_draft(request, number)
    if not draft.is_draft:
        return redirect("hall:overview", number=number)
    context = {"draft": draft, "text": text, "found": found}
    return page(request, "hall/place.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def questions(request: HttpRequest, number: str) -> HttpResponse:
    """Ask what decides which matters belong."""
    draft = open_draft(request, number)
    schema = draft.questions
    if request.method == "GET" and not draft.is_draft:
        return redirect("hall:overview", number=number)
    if request.method == "GET":
        bound = bind_form(
            schema, values=draft.file.form.answers, provenance=draft.provenance(schema)
        )
        cleared = titles_of(draft, request.GET.getlist("cleared"))
        context = {"draft": draft, "bound": bound, "cleared": cleared}
        return page(request, "hall/questions.html", context)
    answers, errors = read_form(schema, request.POST)
    if errors:
        known = draft.provenance(schema)
        bound = bind_form(schema, values=answers, errors=errors, provenance=known)
        return page(request, "hall/questions.html", {"draft": draft, "bound": bound}, 422)
    cases.answer_questions(number=number, answers=answers, by=actor_of(request), at=timezone.now())
    return redirect("hall:overview", number=number)


@signed_in
def overview(request: HttpRequest, number: str) -> HttpResponse:
    """Show which matters belong and why, what must still be done, and the guidance."""
    draft = open_draft(request, number)
    if not draft.is_editable:
        return redirect("hall:check", number=number)
    if not draft.is_assessed:
        return redirect("hall:questions", number=number)
    return page(request, "hall/overview.html", {"draft": draft})


@signed_in
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, number: str) -> HttpResponse:
    """Show everything once more, then submit."""
    if request.method == "GET":
        return _show_check(request, number)
    try:
        _submit(request, number)
    except (FormIncomplete, FieldIsFixed, MaterialMissing, CorrectionUnchanged) as refusal:
        return _show_check(request, number, refusal)
    return redirect("hall:submitted", number=number)


def _show_check(request: HttpRequest, number: str, refusal: Refusal | None = None) -> HttpResponse:
    draft = open_draft(request, number)
    context = {
        "draft": draft,
        "refusal": refusal,
        "faults": faults_of(draft, refusal) if refusal else (),
        "summary": summary_of(draft),
    }
    return page(request, "hall/check.html", context, 422 if refusal else 200)


def _submit(request: HttpRequest, number: str) -> None:
    by, at = actor_of(request), timezone.now()
    if get_state(number) == State.CORRECTING:
        is_meant = request.POST.get("is_unchanged_meant") == "yes"
        cases.submit_correction(number=number, is_unchanged_meant=is_meant, by=by, at=at)
        return
    cases.submit_case(
        number=number,
        is_site_objected=request.POST.get("is_site_objected") == "yes",
        by=by,
        at=at,
    )


@signed_in
def submitted(request: HttpRequest, number: str) -> HttpResponse:
    """Show the receipt: number, code to check it by, what happens next and by when."""
    draft = open_draft(request, number)
    if draft.progress.case.submitted_at is None:
        return redirect("hall:overview", number=number)
    address = request.build_absolute_uri(f"/my/cases/{number}/")
    return page(request, "hall/submitted.html", {"draft": draft, "address": address})
