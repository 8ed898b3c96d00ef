"""Every component with an example; shown in demonstrations only."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from shuzheng.infrastructure.web.operations import page, public
from shuzheng.policy.refusals import NotFound


@public("a style page without data, shown in demonstrations only")
def components(request: HttpRequest) -> HttpResponse:
    """Show every component."""
    if not settings.DEMONSTRATION:
        raise NotFound
    return page(request, "web/components.html", {})
