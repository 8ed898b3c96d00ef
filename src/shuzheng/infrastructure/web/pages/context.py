"""What every page knows."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext

from shuzheng.infrastructure.web.operations import actor_of, city_words, navigation_of

SIGN_OUT = "/accounts/logout/"


def house(request: HttpRequest) -> dict[str, Any]:
    """Return the actor, the mode and the addresses the shell links to."""
    return {
        "actor": actor_of(request),
        "is_demonstration": settings.DEMONSTRATION,
        "sign_in_url": settings.LOGIN_URL,
        "sign_out_url": SIGN_OUT,
        "city": SimpleLazyObject(city_words),
        "navigation": SimpleLazyObject(lambda: navigation_of(request)),
        "service_name": gettext("政务服务网"),
    }
