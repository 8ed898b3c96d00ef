"""What a licence of a type needs, how long it holds, and what others may see of its holder."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from shuzheng.support.licences.rules.grounds import Ground
from shuzheng.support.licences.rules.refusals import FactMissing

FIRST_VERSION = 1
# 六角括号, as GB/T 9704 puts round the year.
_OPEN, _CLOSE = "\u3014", "\u3015"
_ORGANISATION_HEAD, _ORGANISATION_TAIL = 3, 3


@dataclass(frozen=True, slots=True)
class LicenceField:
    """One fact a licence states; ``is_sensitive`` facts are stored encrypted."""

    name: str
    title: str
    is_sensitive: bool = False
    is_required: bool = True


@dataclass(frozen=True, slots=True)
class LicenceType:
    """A type of licence.

    Attributes:
        suffix: the three digits that follow the issuer's credit code in the type's code.
        department: code of the department that issues it.
        word: stands in the licence's number between the organ's short name and the year.
        valid_years: how long it holds, 0 for no end.
        basis: the citation printed on it.
        supervised_by: code of the department that supervises afterwards.
        is_reference_copy: the layout is national, what we make is a copy for reference.
        renewal_working_days: how long before its end renewal is asked for, 0 where it is not.
        remind_working_days: how long before its end the holder is reminded of that.
        renewal_basis: the citation that says so.
        grounds: on which it is withdrawn, revoked, forfeited or cancelled.
    """

    key: str
    title: str
    suffix: str
    department: str
    word: str
    template: str
    basis: str
    fields: tuple[LicenceField, ...]
    valid_years: int = 0
    supervised_by: str = ""
    holder: Literal["person", "organisation"] = "organisation"
    is_reference_copy: bool = False
    renewal_working_days: int = 0
    remind_working_days: int = 0
    renewal_basis: str = ""
    grounds: tuple[Ground, ...] = ()
    digest: str = ""


def valid_until(issued_on: date, years: int) -> date | None:
    """Return the last day of validity: the day before the anniversary; none if it never ends.

    >>> valid_until(date(2026, 11, 22), 5), valid_until(date(2024, 2, 29), 1)
    (datetime.date(2031, 11, 21), datetime.date(2025, 2, 28))
    """
    if years == 0:
        return None
    year = issued_on.year + years
    try:
        return issued_on.replace(year=year) - timedelta(days=1)
    except ValueError:
        return date(year, 2, 28)


def split_facts(
    licence_type: LicenceType, facts: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the facts to store openly and those to store encrypted.

    Raises:
        FactMissing: a required fact of the type is absent or empty.
    """
    for each in licence_type.fields:
        if each.is_required and facts.get(each.name) in (None, "", []):
            raise FactMissing(title=licence_type.title, name=each.title, field=each.name)
    # A fact nobody declared is taken for sensitive: better hidden than shown.
    plain = {each.name for each in licence_type.fields if not each.is_sensitive}
    return (
        {name: value for name, value in facts.items() if name in plain},
        {name: value for name, value in facts.items() if name not in plain},
    )


def mask_holder(name: str, holder: Literal["person", "organisation"]) -> str:
    """Return what a passer-by may see of a holder's name.

    >>> mask_holder("张三丰", "person"), mask_holder("衢州市柯城区老陈面馆", "organisation")
    ('张**', '衢州市****陈面馆')
    """
    if holder == "person" or len(name) <= _ORGANISATION_HEAD + _ORGANISATION_TAIL:
        return name[:1] + "*" * max(len(name) - 1, 1)
    hidden = len(name) - _ORGANISATION_HEAD - _ORGANISATION_TAIL
    return name[:_ORGANISATION_HEAD] + "*" * hidden + name[-_ORGANISATION_TAIL:]


def document_number(*, organ: str, word: str, year: int, serial: int) -> str:
    """Return a number by the custom of official documents: organ, word, year, serial."""
    return f"{organ}{word}{_OPEN}{year}{_CLOSE}{serial}号"


def chinese_day(day: date | None) -> str:
    """Return a day as it is printed.

    >>> chinese_day(date(2026, 1, 5)), chinese_day(None)
    ('2026年1月5日', '长期')
    """
    return f"{day.year}年{day.month}月{day.day}日" if day else "长期"
