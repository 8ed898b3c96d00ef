"""What pages are made of, and how forms are described and read; all of it pure."""

from shuzheng.infrastructure.web.rules.access import Access, access_of
from shuzheng.infrastructure.web.rules.components import (
    Cell,
    Figure,
    Keyset,
    LightColour,
    Link,
    NavigationGroup,
    Step,
    SummaryRow,
    Table,
    TaskLine,
)
from shuzheng.infrastructure.web.rules.drawings import ElementRow, ElementTable
from shuzheng.infrastructure.web.rules.forms import (
    Choice,
    Condition,
    Field,
    FormDescription,
    FormPage,
    SchemaNotUsable,
    Widget,
    describe_form,
)

__all__ = [
    "Access",
    "Cell",
    "Choice",
    "Condition",
    "ElementRow",
    "ElementTable",
    "Field",
    "Figure",
    "FormDescription",
    "FormPage",
    "Keyset",
    "LightColour",
    "Link",
    "NavigationGroup",
    "SchemaNotUsable",
    "Step",
    "SummaryRow",
    "Table",
    "TaskLine",
    "Widget",
    "access_of",
    "describe_form",
]
