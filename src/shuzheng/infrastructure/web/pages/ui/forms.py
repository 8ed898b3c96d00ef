"""Forms by schema, files, and what is wrong with what was entered."""

import re
from typing import Any

from django.template.context import Context
from django.utils.translation import gettext

from shuzheng.infrastructure.web.operations import (
    BoundForm,
)
from shuzheng.infrastructure.web.pages.ui.library import component, register

TIME = re.compile(r"[0-2][0-9]:[0-5][0-9]")


@component("error_summary")
def error_summary(errors: Any) -> dict[str, Any]:
    """Draw all errors on top, each leading to its field; nothing if there are none."""
    return {"errors": errors}


@component("warning_text")
def warning_text(text: str) -> dict[str, Any]:
    """Draw a sentence with consequences."""
    return {"text": text}


@component("file_upload")
def file_upload(
    name: str,
    label: str,
    *,
    accept: str = ".pdf,.jpg,.jpeg,.png",
    max_megabytes: int = 10,
    error: str = "",
    several: bool = False,
) -> dict[str, Any]:
    """Draw a file field that says in words what it takes; forms by schema have their own."""
    kinds = "、".join(each.strip().lstrip(".").upper() for each in accept.split(","))
    return {
        "name": name, "label": label, "accept": accept, "kinds": kinds, "error": error,
        "max_megabytes": max_megabytes, "several": several,
    }  # fmt: skip


@register.inclusion_tag("web/components/form.html", takes_context=True)
def form(
    context: Context,
    bound: BoundForm,
    *,
    action: str = "",
    submit: str = "",
    save_url: str = "",
    back: str = "",
) -> dict[str, Any]:
    """Draw a form by schema, with its errors on top; ``save_url`` takes drafts as you go."""
    request = context.get("request")
    saved = request.GET.get("saved", "") if request else ""
    return {
        "bound": bound,
        "saved": saved if TIME.fullmatch(saved) else "",
        "action": action,
        "submit": submit or gettext("继续"),
        "save_url": save_url,
        "back": back,
        "csrf_token": context.get("csrf_token"),
        "request": request,
    }
