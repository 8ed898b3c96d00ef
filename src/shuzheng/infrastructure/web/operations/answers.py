"""Answers: a page, or a file to keep."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header

from shuzheng.infrastructure.web.operations.readers import remember_reader

SANDBOX = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Return a page of the house: the template with the context, in the reader's language."""
    answer = render(request, template, dict(context or {}), status=status)
    remember_reader(request, answer)
    return answer


def attachment(
    request: HttpRequest,  # noqa: ARG001 - every answer takes the request first
    content: bytes,
    filename: str,
    media_type: str,
) -> HttpResponse:
    """Return a file to keep, never to run: as an attachment, sandboxed, not cached by others."""
    answer = HttpResponse(content, content_type=media_type)
    answer["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=filename
    )
    answer["Content-Security-Policy"] = SANDBOX
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer


def answer_saved(
    request: HttpRequest, *, at: datetime, back: str, revision: int | None = None
) -> HttpResponse:
    """Answer a saved draft: time and revision to the script that saves as you go, else go back."""
    saved = f"{timezone.localtime(at):%H:%M}"
    if request.headers.get("X-Autosave"):
        return JsonResponse({"saved": saved, "revision": revision})
    mark = "&" if "?" in back else "?"
    return HttpResponseRedirect(f"{back}{mark}{urlencode({'saved': saved})}")
