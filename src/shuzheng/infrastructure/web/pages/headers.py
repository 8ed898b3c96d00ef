"""What every answer tells the browser, and bodies nobody should send."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from shuzheng.infrastructure.web.operations import actor_of
from shuzheng.infrastructure.web.pages.errors import too_large

PERMISSIONS = ", ".join(
    f"{feature}=({who})"
    for feature, who in (
        ("camera", "self"),
        ("geolocation", "self"),
        ("microphone", ""),
        ("payment", ""),
        ("usb", ""),
        ("browsing-topics", ""),
    )
)


class HeadersMiddleware:
    """Refuses bodies over the limit before they are read, and sets the headers of every answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with the headers set; 413 for a body that is too large."""
        is_large = _length(request) > settings.REQUEST_MAX_BYTES
        answer = too_large(request) if is_large else self.get_response(request)
        answer.headers.setdefault("Permissions-Policy", PERMISSIONS)
        if actor_of(request).kind != "visitor":
            # What one person saw must not be shown to the next at a shared computer.
            answer.headers.setdefault("Cache-Control", "private, no-cache")
        return answer


def _length(request: HttpRequest) -> int:
    text = request.META.get("CONTENT_LENGTH") or "0"
    return int(text) if text.isdigit() else 0
