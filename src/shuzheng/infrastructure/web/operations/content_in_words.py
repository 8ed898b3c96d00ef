"""What content says, in the reader's language where it says it in two."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Protocol

from django.utils.translation import get_language, gettext, ngettext

from shuzheng.policy.periods import Period, PeriodUnit


class Titled(Protocol):
    """A matter, a bundle, or a case of one."""

    @property
    def title(self) -> str:
        """The title as the city wrote it."""
        ...

    @property
    def title_en(self) -> str:
        """The same in English; empty where nobody wrote one."""
        ...


def title_of(thing: Titled) -> str:
    """Return the English title to an English reader if there is one, else the Chinese."""
    title = thing.title_en if get_language() == "en" else ""
    return title or in_english(thing.title)


def length_of(period: Period) -> str:
    """Return how long a period is, such as 20 working days."""
    if not period.amount:
        return gettext("当日")
    words = {
        PeriodUnit.WORKING_DAY: ngettext("{count}个工作日", "{count}个工作日", period.amount),
        PeriodUnit.CALENDAR_DAY: ngettext("{count}日", "{count}日", period.amount),
        PeriodUnit.MONTH: ngettext("{count}个月", "{count}个月", period.amount),
        PeriodUnit.YEAR: ngettext("{count}年", "{count}年", period.amount),
        PeriodUnit.HOUR: ngettext("{count}小时", "{count}小时", period.amount),
    }
    return words[period.unit].format(count=period.amount)


HAN = re.compile(r"[\u3400-\u9fff]")
_ask: list[Callable[[], Mapping[str, str]]] = [dict]


def use_english(ask: Callable[[], Mapping[str, str]]) -> None:
    """Say how to ask for the city's sentences in English; called once at the start."""
    _ask[0] = ask


def in_english(text: str) -> str:
    """Return a sentence of the content in the reader's language where the city has it so."""
    if get_language() != "en" or not HAN.search(text):
        return text
    return _ask[0]().get(text.strip(), text)


def listed(words: Iterable[str]) -> str:
    """Write words one after the other as the reader's language does."""
    return (", " if get_language() == "en" else "、").join(words)


def local(text: object) -> str:
    """Return what the content says, or the house where content is silent, to the reader."""
    said = in_english(str(text))
    return gettext(said) if said else ""
