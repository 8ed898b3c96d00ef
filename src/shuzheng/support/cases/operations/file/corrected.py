"""What the applicant changed since the window asked for a correction."""

from collections.abc import Iterable, Mapping
from typing import Any

from shuzheng.support.cases.models import Case, Correction
from shuzheng.support.cases.operations.record.forms import read_form
from shuzheng.support.matters.rules import Material


def corrected(
    case: Case, schema: Mapping[str, Any], materials: Iterable[Material]
) -> tuple[str, ...]:
    """Return the titles of fields and materials changed since; none where nothing was asked."""
    asked = Correction.objects.filter(case=case).first()
    if asked is None:
        return ()
    edited = set(read_form(case).edited_since(asked.asked_at))
    given = case.attachments.filter(is_removed=False, uploaded_at__gt=asked.asked_at)
    fresh = set(given.values_list("material", flat=True))
    properties = schema.get("properties", {}).items()
    return (
        *(str(each.get("title", name)) for name, each in properties if name in edited),
        *(each.name for each in materials if each.key in fresh),
    )
