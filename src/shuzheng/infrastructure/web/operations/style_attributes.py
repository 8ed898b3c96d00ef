"""Drawings place their parts by style attributes, which the policy otherwise refuses."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from csp.decorators import csp_update
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from shuzheng.infrastructure.web.operations.guards import View

STYLE_ATTRIBUTES = {"style-src-attr": ["'unsafe-inline'"]}


def allow_style_attributes(view: View) -> View:
    """Let the view's page carry style attributes, never style elements and never scripts.

    Only for pages that show a drawing of BPMN or DMN, whose libraries write such attributes.
    Which views do is listed in ``tests/architecture/test_routes.py``.
    """
    answer: Callable[..., HttpResponseBase] = csp_update(STYLE_ATTRIBUTES)(view)

    @wraps(view)
    def drawn(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return answer(request, *args, **kwargs)

    drawn.allows_style_attributes = True  # type: ignore[attr-defined]
    return drawn
