"""A form sent after the session ended is kept, and offered again after sign-in.

It waits in the new session of the same browser, on the server, without files and passwords, for
half an hour; the reader sends it again or throws it away. Nothing is sent behind their back.
"""

import time
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from shuzheng.infrastructure.web.operations import page, public

KEY = "held_form"
SECONDS = 30 * 60
MOST_CHARACTERS = 200_000
NEVER_HELD = ("csrfmiddlewaretoken", "password", "otp", "code")
REASON = "the kept form lies in this browser's own session"


def hold_form(request: HttpRequest) -> bool:
    """Keep what was posted; say whether there was something to keep."""
    if request.method != "POST" or request.headers.get("X-Autosave"):
        return False
    fields = typed(request)
    if not fields or sum(len(str(value)) for _, value in fields) > MOST_CHARACTERS:
        return False
    request.session[KEY] = {
        "action": request.get_full_path(),
        "fields": fields,
        "had_files": bool(request.FILES),
        "at": time.time(),
    }
    return True


def typed(request: HttpRequest) -> list[tuple[str, str]]:
    """Return what was typed into a posted form, without passwords and tokens."""
    return [
        (name, str(value))
        for name, values in request.POST.lists()
        if not any(secret in name.lower() for secret in NEVER_HELD)
        for value in values
        if value
    ]


def is_from_here(request: HttpRequest) -> bool:
    """Say whether the browser itself says that one of our own pages sent the form."""
    return request.headers.get("Origin", "") == f"{request.scheme}://{request.get_host()}"


@public(REASON)
def resume(request: HttpRequest) -> HttpResponse:
    """Show that a form was kept, with the button that sends it again."""
    held = _held(request)
    if held is None:
        return redirect("/")
    return page(request, "web/resume.html", {"held": held})


@public(REASON)
@require_POST
def discard(request: HttpRequest) -> HttpResponse:
    """Throw the kept form away."""
    request.session.pop(KEY, None)
    return redirect("/")


def resume_address() -> str:
    """Return where a kept form is offered again."""
    return reverse("web:resume")


def _held(request: HttpRequest) -> dict[str, Any] | None:
    held: dict[str, Any] | None = request.session.get(KEY)
    if held is not None and time.time() - held["at"] > SECONDS:
        del request.session[KEY]
        return None
    return held
