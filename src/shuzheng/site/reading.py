"""A request sees one version of the city's content from beginning to end."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from shuzheng.infrastructure.content.queries import one_version


class OneVersion:
    """Asks for the version of the content once a request, and not for every read."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with one_version():
            return self.get_response(request)
