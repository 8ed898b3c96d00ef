"""The lights of many due dates on one day."""

from collections.abc import Callable
from datetime import date
from functools import cache

from shuzheng.institutions.calendar.queries import get_calendar
from shuzheng.support.cases.rules import Light, light

LightOf = Callable[[date | None], Light]


def lights(today: date) -> LightOf:
    """Return what gives any due date its light that day; rows of a list share their days."""
    is_working_day = get_calendar().is_working_day

    @cache
    def light_of(due_on: date | None) -> Light:
        return light(due_on=due_on, today=today, is_working_day=is_working_day)

    return light_of
