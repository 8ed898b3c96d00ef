"""A form sent after the session ended is kept, and offered again after sign-in.

It waits in the new session of the same browser, on the server, without files and passwords, for
half an hour; the reader sends it again or throws it away. Nothing is sent behind their back.
What somebody typed who was signed in is shown to nobody else who signs in at that browser.
"""

import json
import re
import time
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from shuzheng.infrastructure.web.operations import (
    actor_of,
    is_reader,
    last_reader,
    page,
    public,
)

KEY = "held_form"
SECONDS = 30 * 60
MOST_CHARACTERS = 200_000
LABELS = "form-labels"
"""What the page's script sends with a form: labels of fields, words of what was chosen."""
NEVER_HELD = ("csrfmiddlewaretoken", "code", LABELS)
SECRETS = ("password", "otp")
"""Parts of the names of fields that are kept nowhere; ``code`` alone is a one-time code."""
RAW_CODE = re.compile(r"[a-z0-9_:.-]*")
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
        "of": last_reader(request),
    }
    return True


def typed(request: HttpRequest) -> list[tuple[str, str]]:
    """Return what was typed into a posted form, without passwords and tokens."""
    return [
        (name, str(value))
        for name, values in request.POST.lists()
        if name.lower() not in NEVER_HELD and not any(secret in name.lower() for secret in SECRETS)
        for value in values
        if value
    ]


def typed_in_words(request: HttpRequest) -> list[tuple[str, str]]:
    """Return what was typed with its field's label; codes that nobody typed are left out."""
    labels = _labels(request)
    return [
        (labels[name]["label"], labels[name]["words"].get(value, value))
        if name in labels
        else ("", value)
        for name, value in typed(request)
        if name in labels or not RAW_CODE.fullmatch(value)
    ]


def _labels(request: HttpRequest) -> dict[str, Any]:
    """Return what the page's script said of its fields; without scripts they have no names."""
    try:
        told = json.loads(request.POST.get(LABELS, "{}"))
        return {
            name: {"label": str(each["label"]), "words": dict(each["words"])}
            for name, each in told.items()
        }
    except (ValueError, TypeError, KeyError, AttributeError):
        return {}


def is_from_here(request: HttpRequest) -> bool:
    """Say whether the browser itself says that one of our own pages sent the form."""
    return request.headers.get("Origin", "") == f"{request.scheme}://{request.get_host()}"


@public(REASON)
def resume(request: HttpRequest) -> HttpResponse:
    """Show that a form was kept, with the button that sends it again."""
    held = _held(request)
    if held is None:
        return redirect("/")
    mark = held.get("of", "")
    if mark and not is_reader(request, mark):
        return _send_away(request)
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


def _send_away(request: HttpRequest) -> HttpResponse:
    """Ask a visitor to sign in; anybody else has nothing to see here."""
    if actor_of(request).kind != "visitor":
        return redirect("/")
    return redirect(f"{settings.LOGIN_URL}?{urlencode({'next': resume_address()})}")


def _held(request: HttpRequest) -> dict[str, Any] | None:
    held: dict[str, Any] | None = request.session.get(KEY)
    if held is not None and time.time() - held["at"] > SECONDS:
        del request.session[KEY]
        return None
    return held
