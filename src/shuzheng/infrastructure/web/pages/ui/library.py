"""Where the tags of ``{% load ui %}`` are registered, and how a component is drawn."""

from collections.abc import Callable
from typing import Any

from django import template
from django.template.loader import get_template
from django.utils.safestring import SafeString

register = template.Library()
Draw = Callable[..., dict[str, Any]]


def component(name: str) -> Callable[[Draw], Draw]:
    """Register an inclusion tag drawn by ``web/components/NAME.html``."""
    return register.inclusion_tag(f"web/components/{name}.html", name=name)


def draw(name: str, **context: Any) -> SafeString:
    """Draw a component's template with what it shows."""
    return get_template(f"web/components/{name}.html").render(context)  # type: ignore[return-value]
