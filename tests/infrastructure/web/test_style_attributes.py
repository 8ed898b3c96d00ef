"""The one hole in the policy: style attributes, where a view says so, and nothing else."""

from csp.middleware import CSPMiddleware
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from shuzheng.infrastructure.web.operations import allow_style_attributes, public
from shuzheng.infrastructure.web.operations.guards import View


def show(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("a drawing")


def policy_of(view: View) -> dict[str, str]:
    answer = CSPMiddleware(view)(RequestFactory().get("/"))
    parts = (each.strip() for each in answer["Content-Security-Policy"].split(";"))
    return {name: sources for name, _, sources in (part.partition(" ") for part in parts)}


def test_a_page_may_carry_no_style_attribute() -> None:
    assert "style-src-attr" not in policy_of(public("a test")(show))


def test_a_view_that_says_so_may_and_nothing_else_is_opened() -> None:
    closed = policy_of(public("a test")(show))
    opened = policy_of(public("a test")(allow_style_attributes(show)))
    assert opened == closed | {"style-src-attr": "'unsafe-inline'"}
    assert opened["default-src"] == "'self'"


def test_the_mark_is_seen_through_the_guard() -> None:
    view = public("a test")(allow_style_attributes(show))
    assert getattr(view, "allows_style_attributes", False)
    assert not hasattr(public("a test")(show), "allows_style_attributes")
