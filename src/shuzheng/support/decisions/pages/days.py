"""Days as people type them."""

from datetime import UTC, date, datetime, time

from shuzheng.institutions.calendar.queries import get_calendar
from shuzheng.support.decisions.rules import DayUnknown


def end_of_day(text: str) -> datetime:
    """Return the last moment of a day of the city.

    Raises:
        DayUnknown: the text is no day.
    """
    try:
        day = date.fromisoformat(text.strip())
        return datetime.combine(day, time.max, tzinfo=get_calendar().zone).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise DayUnknown(day=text) from error
