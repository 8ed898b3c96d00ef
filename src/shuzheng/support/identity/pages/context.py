"""What the shell shows of identity on every page: the post in words, and the roles to try."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from shuzheng.infrastructure.web.operations import actor_of
from shuzheng.institutions.organisation.queries import get_post
from shuzheng.support.identity.queries import list_demonstration_accounts


def identity(request: HttpRequest) -> dict[str, Any]:
    """Return the post's name and, in demonstration mode, the accounts to switch between."""
    return {
        "actor_post_name": lambda: _post_name(request),
        "demonstration_accounts": list_demonstration_accounts if settings.DEMONSTRATION else (),
    }


def _post_name(request: HttpRequest) -> str:
    post = actor_of(request).post
    return get_post(post).name if post else ""
