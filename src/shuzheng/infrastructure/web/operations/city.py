"""Whose pages these are: told from above, because no floor below knows a city."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import get_language

from shuzheng.policy.refusals import Refusal


@dataclass(frozen=True, slots=True)
class CityWords:
    """The city's name in both languages and its service line; empty before content is applied."""

    name: str = ""
    name_en: str = ""
    hotline: str = ""

    @property
    def name_here(self) -> str:
        """Return the name in the reader's language."""
        return self.name_en if get_language() == "en" else self.name


_ask: list[Callable[[], CityWords]] = [CityWords]


def use_city(ask: Callable[[], CityWords]) -> None:
    """Say how to ask for the city's words; called once when the application starts."""
    _ask[0] = ask


def city_words() -> CityWords:
    """Return the city's words; empty ones while no city is applied."""
    try:
        return _ask[0]()
    except Refusal:
        return CityWords()
