"""What the shell shows of identity on every page: the post in words, and the roles to try."""

from ipaddress import ip_address
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from shuzheng.infrastructure.web.operations import actor_of
from shuzheng.institutions.organisation.queries import get_post
from shuzheng.support.identity.queries import list_demonstration_accounts


def identity(request: HttpRequest) -> dict[str, Any]:
    """Return the post's name, whether passkeys work here, and the roles to switch between."""
    return {
        "actor_post_name": lambda: _post_name(request),
        "has_passkeys": lambda: not _is_numeric(request.get_host()),
        "demonstration_accounts": list_demonstration_accounts if settings.DEMONSTRATION else (),
    }


def _is_numeric(host: str) -> bool:
    """Say whether the host is an IP address: browsers keep passkeys for names alone."""
    name = host.rpartition(":")[0] or host
    try:
        ip_address(name.strip("[]"))
    except ValueError:
        return False
    return True


def _post_name(request: HttpRequest) -> str:
    post = actor_of(request).post
    return get_post(post).name if post else ""
