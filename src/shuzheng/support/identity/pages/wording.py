"""Refusals in the reader's language, and where to go next without leaving the house."""

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext

from shuzheng.policy.refusals import Refusal


def say(refusal: Refusal) -> str:
    """Return the refusal's sentence and remedy, filled in and translated."""
    says = gettext(refusal.template).format_map(refusal.facts)
    return says + (gettext(refusal.remedy).format_map(refusal.facts) if refusal.remedy else "")


def next_address(request: HttpRequest, default: str = "/") -> str:
    """Return where the reader wanted to go, if it is on this host; else the default."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    is_safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if is_safe else default
