"""The parts of the one form: filled in, corrected, saved as you go."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from shuzheng.applications.hall.pages.draft import Draft, open_draft
from shuzheng.applications.hall.pages.summary import in_words
from shuzheng.infrastructure.web.operations import (
    FieldError,
    actor_of,
    answer_saved,
    bind_form,
    in_english,
    page,
    read_form,
    read_seen,
    signed_in,
)
from shuzheng.support.cases import operations as cases
from shuzheng.support.cases.rules import Edit, RecordedElsewhere

Values = Mapping[str, Any]


@signed_in
@require_http_methods(["GET", "POST"])
def part(request: HttpRequest, number: str, part: str) -> HttpResponse:
    """Show one part; what is posted is kept whether it is right or not."""
    draft = open_draft(request, number)
    if part not in draft.parts or (request.method == "GET" and not draft.is_editable):
        return redirect("hall:overview", number=number)
    if request.method == "GET":
        return _show(request, draft, part, draft.file.form.values)
    values, errors = _read(request, draft, part)
    try:
        revision = _save(request, draft, part, values)
    except RecordedElsewhere as refusal:
        return _show_both(request, part, values, refusal, number)
    if errors:
        return _show(request, draft, part, values, errors, status=422, revision=revision)
    following = draft.next_part(part)
    if following:
        return redirect("hall:form", number=number, part=following)
    return redirect("hall:materials", number=number)


@signed_in
@require_POST
def save(request: HttpRequest, number: str, part: str) -> HttpResponse:
    """Keep what has been typed so far; a script is told of a conflict, a reader shown it."""
    draft = open_draft(request, number)
    values, _ = _read(request, draft, part)
    try:
        revision = _save(request, draft, part, values)
    except RecordedElsewhere as refusal:
        if request.headers.get("X-Autosave"):
            raise
        return _show_both(request, part, values, refusal, number)
    back = reverse("hall:form", args=[number, part])
    return answer_saved(request, at=timezone.now(), back=back, revision=revision)


def _read(
    request: HttpRequest, draft: Draft, part: str
) -> tuple[dict[str, Any], tuple[FieldError, ...]]:
    before = draft.file.form.values
    return read_form(draft.schema, request.POST, page=part, before=before)


def _save(request: HttpRequest, draft: Draft, part: str, values: Values) -> int:
    """Save the fields of this part alone; those left empty are emptied."""
    seen = read_seen(request.POST)
    return cases.save_draft(
        number=draft.number,
        values={name: values.get(name) for name in draft.asked(part)},
        seen=Edit(seen.revision, seen.page) if seen else None,
        by=actor_of(request),
        at=timezone.now(),
    )


def _show_both(
    request: HttpRequest, part: str, values: Values, refusal: RecordedElsewhere, number: str
) -> HttpResponse:
    """Show what was typed here beside what another page saved; sending it again decides."""
    draft = open_draft(request, number)
    saved = draft.file.form.values
    errors = tuple(
        FieldError(
            name,
            refusal.code,
            gettext(
                "“{title}”在另一个页面里已保存为“{saved}”，您在本页填的是“{typed}”。"
                "要用哪一个，就在这里填哪一个。"
            ).format(
                title=in_english(draft.schema["properties"][name]["title"]),
                saved=in_words(draft.schema["properties"][name], saved.get(name)),
                typed=in_words(draft.schema["properties"][name], values.get(name)),
            ),
        )
        for name in refusal.fields
    )
    return _show(request, draft, part, values, errors, status=409, refusal=refusal)


def _show(
    request: HttpRequest,
    draft: Draft,
    part: str,
    values: Values,
    errors: Sequence[FieldError] = (),
    *,
    status: int = 200,
    revision: int | None = None,
    refusal: RecordedElsewhere | None = None,
) -> HttpResponse:
    bound = bind_form(
        draft.schema,
        values=values,
        errors=errors,
        provenance=draft.provenance(draft.schema),
        page=part,
        revision=draft.file.form_revision if revision is None else revision,
    )
    context = {"draft": draft, "bound": bound, "part": part, "refusal": refusal}
    return page(request, "hall/form.html", context, status)
