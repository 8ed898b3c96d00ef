"""A case at the desk: its file, its members, its clocks; stop and restart the clock."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from shuzheng.applications.desk.pages.file import file_context
from shuzheng.applications.desk.pages.frame import frame
from shuzheng.applications.desk.pages.inbox import official_of
from shuzheng.infrastructure.access.rules import Actor
from shuzheng.infrastructure.web.operations import (
    attachment,
    number_in,
    page,
    requires,
    signed_in,
)
from shuzheng.policy.refusals import Invalid, gettext_noop
from shuzheng.support.cases import operations as cases
from shuzheng.support.cases.queries import Progress, list_refused_services, list_stuck
from shuzheng.support.cases.rules import AUDIT_CASES, READ_CASE, SUPERVISE_CASES
from shuzheng.support.licences.operations import open_document, open_licence
from shuzheng.support.licences.queries import get_document_by_code, get_licence_by_code
from shuzheng.support.licences.rules import NotFoundByCode

PURPOSE = gettext_noop("查阅本部门办件")
PURPOSES = (
    (AUDIT_CASES, gettext_noop("审计办件留痕")),
    (SUPERVISE_CASES, gettext_noop("督办提级的任务")),
)
LEVELS = ("低", "中", "高")


class LevelUnknown(Invalid):
    """A judgement names one of the levels of risk."""

    code = "risk-level"
    template = gettext_noop("请选择风险等级：低、中、高。")


def purpose_of(actor: Actor) -> str:
    """Return why an official opens a file from the list: what their post is there for."""
    if actor.may(READ_CASE):
        return PURPOSE
    return next((words for duty, words in PURPOSES if actor.may(duty)), PURPOSE)


@signed_in
def show(request: HttpRequest, number: str) -> HttpResponse:
    """Show the whole of a case."""
    return shown(request, number)


def shown(request: HttpRequest, number: str, refusal: Invalid | None = None) -> HttpResponse:
    """Show the whole of a case, with why something was not done."""
    purpose = purpose_of(official_of(request))
    file = file_context(request, number, purpose=purpose)
    context = {
        **frame(request),
        **file,
        "refused": list_refused_services(file["root"].case.number),
        "stuck": list_stuck(file["root"].case.number, at=timezone.now()),
        "may_retry": official_of(request).may(SUPERVISE_CASES),
        "own_tasks": _own_tasks(file["progress"], official_of(request)),
        "refusal": refusal,
        "typed": request.POST,
    }
    return page(request, "desk/case.html", context, 422 if refusal else 200)


def act(
    request: HttpRequest, number: str, operation: Callable[..., Any], **given: Any
) -> HttpResponse:
    """Do it and show the case again; what was typed wrong is shown with the reason."""
    try:
        operation(number=number, by=official_of(request), at=timezone.now(), **given)
    except Invalid as refusal:
        return shown(request, number, refusal)
    return redirect("desk:case", number=number)


def _own_tasks(progress: Progress, actor: Actor) -> frozenset[int]:
    """Return the open tasks that the actor's post may open."""
    return frozenset(
        each.id
        for each in progress.tasks
        if each.state == "open" and actor.post in {each.post, each.escalated_to}
    )


@signed_in
@require_POST
def suspend(request: HttpRequest, number: str) -> HttpResponse:
    """Stop the clock for a special procedure the law lists."""
    kind, reason = request.POST.get("kind", ""), request.POST.get("reason", "")
    return act(request, number, cases.suspend_clock, kind=kind, reason=reason)


@signed_in
@require_POST
def resume(request: HttpRequest, number: str) -> HttpResponse:
    """Let the clock run again."""
    result = request.POST.get("result", "")
    cases.resume_clock(number=number, result=result, by=official_of(request), at=timezone.now())
    return redirect("desk:case", number=number)


@requires(SUPERVISE_CASES)
@require_POST
def retry(request: HttpRequest, number: str) -> HttpResponse:
    """Have made again what could not be made, its cause being mended."""
    cases.retry_services(number=number, by=official_of(request), at=timezone.now())
    return redirect("desk:case", number=number)


@signed_in
@require_POST
def set_aside(request: HttpRequest, number: str) -> HttpResponse:
    """Put one's own judgement in the place of a table's."""
    return act(
        request,
        number,
        _set_aside,
        run=number_in(request.POST.get("run", "")) or 0,
        element=request.POST.get("element", ""),
        level=request.POST.get("level", ""),
        reasons=request.POST.get("reasons", ""),
    )


def _set_aside(*, level: str, **given: Any) -> None:
    if level not in LEVELS:
        raise LevelUnknown(field="level")
    cases.set_aside_decision(value={"level": level}, **given)


@signed_in
def given(request: HttpRequest, number: str, material: str, sha256: str) -> HttpResponse:
    """Open one file the applicant gave."""
    by = official_of(request)
    file, content = cases.open_attachment(
        number=number,
        material=material,
        sha256=sha256,
        purpose=purpose_of(by),
        by=by,
        at=timezone.now(),
    )
    return attachment(request, content, file.filename, file.media_type)


@signed_in
def document(request: HttpRequest, number: str, code: str) -> HttpResponse:
    """Open a document or licence issued in the case, if its papers are open to the actor."""
    by, at = official_of(request), timezone.now()
    if number not in cases.papers_open_to(number=number, by=by):
        raise NotFoundByCode(code=code)
    purpose = f"{purpose_of(by)} {number}"
    is_licence = request.GET.get("kind") == "licence"
    found = get_licence_by_code(code) if is_licence else get_document_by_code(code)
    if found is None or found.case != number:
        raise NotFoundByCode(code=code)
    open_file = open_licence if is_licence else open_document
    opened = open_file(code=code, by=by, at=at, purpose=purpose)
    return attachment(request, opened.content, opened.filename, opened.media_type)
