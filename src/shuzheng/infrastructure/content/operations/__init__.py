"""Check, plan, apply and export a city's content; note what is published in the browser."""

from shuzheng.infrastructure.content.operations.applying import (
    apply_city,
    check_city,
    list_untranslated,
    plan_city,
)
from shuzheng.infrastructure.content.operations.editing import export_city, note_edit

__all__ = ["apply_city", "check_city", "export_city", "list_untranslated", "note_edit", "plan_city"]
