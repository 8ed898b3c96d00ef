"""``{% load drawn %}``: drawings of flows, each above the table that says the same."""

from typing import Any

from django import template
from django.template.loader import get_template
from django.utils.safestring import SafeString

from shuzheng.infrastructure.web.rules import ElementTable

register = template.Library()


@register.simple_block_tag(end_name="endflow")
def flow(content: str, source: str, label: str, legend: Any = ()) -> SafeString:
    """Draw BPMN from an address above the table inside; the page adds ``{% built "flow" %}``.

    Args:
        legend: pairs of a mark and what it means.
    """
    context = {"content": content, "source": source, "label": label, "legend": legend}
    return get_template("web/components/flow.html").render(context)  # type: ignore[return-value]


@register.inclusion_tag("web/components/element_table.html")
def element_table(table: ElementTable) -> dict[str, Any]:
    """Draw a table whose rows mark elements of the drawing around it."""
    return {"table": table}
