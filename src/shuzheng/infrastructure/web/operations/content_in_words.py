"""What content says, in the reader's language where it says it in two."""

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
    in_english = thing.title_en if get_language() == "en" else ""
    return in_english or thing.title


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
