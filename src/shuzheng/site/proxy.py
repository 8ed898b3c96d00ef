"""Behind a web server of one's own, who asks is who that server says; limits count by it."""

from collections.abc import Callable
from ipaddress import ip_address

from django.http import HttpRequest, HttpResponse


class BehindProxy:
    """Takes the reader's address from the last entry of ``X-Forwarded-For``.

    The last is the one our own web server added; those before it anybody may have written. Without
    this all readers would share one address, and one of them could use up the sign-ins of all.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Set the address, if the header names one."""
        last = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
        if _is_address(last):
            request.META["REMOTE_ADDR"] = last
        return self.get_response(request)


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
