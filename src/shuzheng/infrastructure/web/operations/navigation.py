"""The menu at the side of a desk page: told from above, because no floor below knows a desk."""

from collections.abc import Callable

from django.http import HttpRequest

from shuzheng.infrastructure.web.rules import NavigationGroup

Ask = Callable[[HttpRequest], tuple[NavigationGroup, ...]]


def _nothing(_request: HttpRequest) -> tuple[NavigationGroup, ...]:
    return ()


_ask: list[Ask] = [_nothing]


def use_navigation(ask: Ask) -> None:
    """Say how to ask for somebody's menu; called once when the application starts."""
    _ask[0] = ask


def navigation_of(request: HttpRequest) -> tuple[NavigationGroup, ...]:
    """Return the menu for who asks."""
    return _ask[0](request)
