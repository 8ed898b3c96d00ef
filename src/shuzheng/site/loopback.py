"""A demonstration knows no real people and no real secrets: it answers this machine only."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext

OWN_ADDRESSES = frozenset({"127.0.0.1", "::1"})
OWN_HOSTS = frozenset({"127.0.0.1", "localhost", "[::1]"})
FORWARDING_HEADERS = (
    "Forwarded",
    "Via",
    "X-Forwarded-For",
    "X-Forwarded-Host",
    "X-Forwarded-Proto",
    "X-Real-Ip",
)


class LoopbackOnly:
    """Refuse whatever came from elsewhere, under another name, or through a proxy."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if is_from_here(request):
            return self.get_response(request)
        words = gettext("演示环境只供本机使用，不能经由其他主机名、地址或代理访问。")
        return HttpResponse(words, status=403, content_type="text/plain; charset=utf-8")


def is_from_here(request: HttpRequest) -> bool:
    """Say whether a request was made on this machine, to it, and directly."""
    host = str(request.META.get("HTTP_HOST", "")).rpartition("@")[2]
    name = host[: host.index("]") + 1] if host.startswith("[") else host.partition(":")[0]
    return (
        request.META.get("REMOTE_ADDR") in OWN_ADDRESSES
        and name.lower() in OWN_HOSTS
        and not any(header in request.headers for header in FORWARDING_HEADERS)
    )
