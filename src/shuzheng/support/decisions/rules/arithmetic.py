"""``+ - * / **`` on numbers, texts, days, times and durations (DMN 1.5, tables 57-61)."""

from collections.abc import Callable
from decimal import Decimal, DecimalException
from typing import Any

from shuzheng.support.decisions.rules.comparison import is_local
from shuzheng.support.decisions.rules.faults import feel
from shuzheng.support.decisions.rules.temporal import (
    DAY,
    Date,
    DateTime,
    DaysDuration,
    MonthsDuration,
    Time,
)
from shuzheng.support.decisions.rules.values import ARITHMETIC, Undefined, kind_of

Operation = Callable[[Any, Any], Any]
_LARGEST_DURATION = 10**12 * DAY


def _days(nanoseconds: int) -> DaysDuration:
    if abs(nanoseconds) > _LARGEST_DURATION:
        raise ValueError("duration too long")
    return DaysDuration(nanoseconds)


def _months(months: int) -> MonthsDuration:
    if abs(months) > 12 * 10**12:
        raise ValueError("duration too long")
    return MonthsDuration(months)


def _as_moment(day: Date) -> DateTime:
    return DateTime(day, Time(0, 0))


def _difference(left: DateTime, right: DateTime) -> DaysDuration:
    if is_local(left) != is_local(right):
        raise Undefined(feel.ZONES_OF_MOMENTS())
    return _days(left.instant - right.instant)


def _time_difference(left: Time, right: Time) -> DaysDuration:
    if left.is_local != right.is_local:
        raise Undefined(feel.ZONES_OF_TIMES())
    return DaysDuration(left.instant - right.instant)


def _move_time(value: Time, nanoseconds: int) -> Time:
    return Time((value.nanoseconds + nanoseconds) % DAY, value.offset, value.zone)


def _move_moment_by_months(value: DateTime, months: int) -> DateTime:
    return DateTime(value.date.add_months(months), value.time)


def _move_moment(value: DateTime, nanoseconds: int) -> DateTime:
    return value.at_local(value.local + nanoseconds)


def _move_day(value: Date, nanoseconds: int) -> Date:
    return value.add_days(nanoseconds // DAY)


def _scale(amount: int, factor: Decimal) -> int:
    return int(ARITHMETIC.multiply(Decimal(amount), factor))


def _ratio(one: int, other: int) -> Decimal:
    return ARITHMETIC.divide(Decimal(one), Decimal(other))


_ADD: dict[tuple[type, type], Operation] = {
    (Decimal, Decimal): ARITHMETIC.add,
    (str, str): lambda left, right: left + right,
    (DaysDuration, DaysDuration): lambda a, b: _days(a.nanoseconds + b.nanoseconds),
    (MonthsDuration, MonthsDuration): lambda a, b: _months(a.months + b.months),
    (Date, MonthsDuration): lambda a, b: a.add_months(b.months),
    (Date, DaysDuration): lambda a, b: _move_day(a, b.nanoseconds),
    (DateTime, MonthsDuration): lambda a, b: _move_moment_by_months(a, b.months),
    (DateTime, DaysDuration): lambda a, b: _move_moment(a, b.nanoseconds),
    (Time, DaysDuration): lambda a, b: _move_time(a, b.nanoseconds),
}
for _moment, _length in [pair for pair in _ADD if pair[0] is not pair[1]]:
    _ADD[_length, _moment] = lambda a, b, _add=_ADD[_moment, _length]: _add(b, a)  # type: ignore[misc]

_SUBTRACT: dict[tuple[type, type], Operation] = {
    (Decimal, Decimal): ARITHMETIC.subtract,
    (DaysDuration, DaysDuration): lambda a, b: _days(a.nanoseconds - b.nanoseconds),
    (MonthsDuration, MonthsDuration): lambda a, b: _months(a.months - b.months),
    (Date, MonthsDuration): lambda a, b: a.add_months(-b.months),
    (Date, DaysDuration): lambda a, b: _move_day(a, -b.nanoseconds),
    (DateTime, MonthsDuration): lambda a, b: _move_moment_by_months(a, -b.months),
    (DateTime, DaysDuration): lambda a, b: _move_moment(a, -b.nanoseconds),
    (Time, DaysDuration): lambda a, b: _move_time(a, -b.nanoseconds),
    (Date, Date): lambda a, b: DaysDuration((a.ordinal - b.ordinal) * DAY),
    (DateTime, Date): lambda a, b: _difference(a, _as_moment(b)),
    (Date, DateTime): lambda a, b: _difference(_as_moment(a), b),
    (DateTime, DateTime): _difference,
    (Time, Time): _time_difference,
}
_MULTIPLY: dict[tuple[type, type], Operation] = {
    (Decimal, Decimal): ARITHMETIC.multiply,
    (DaysDuration, Decimal): lambda a, b: _days(_scale(a.nanoseconds, b)),
    (Decimal, DaysDuration): lambda a, b: _days(_scale(b.nanoseconds, a)),
    (MonthsDuration, Decimal): lambda a, b: _months(_scale(a.months, b)),
    (Decimal, MonthsDuration): lambda a, b: _months(_scale(b.months, a)),
}
_DIVIDE: dict[tuple[type, type], Operation] = {
    (Decimal, Decimal): ARITHMETIC.divide,
    (DaysDuration, Decimal): lambda a, b: _days(int(ARITHMETIC.divide(Decimal(a.nanoseconds), b))),
    (MonthsDuration, Decimal): lambda a, b: _months(int(ARITHMETIC.divide(Decimal(a.months), b))),
    (DaysDuration, DaysDuration): lambda a, b: _ratio(a.nanoseconds, b.nanoseconds),
    (MonthsDuration, MonthsDuration): lambda a, b: _ratio(a.months, b.months),
}
_POWER: dict[tuple[type, type], Operation] = {(Decimal, Decimal): ARITHMETIC.power}
TABLES = {"+": _ADD, "-": _SUBTRACT, "*": _MULTIPLY, "/": _DIVIDE, "**": _POWER}


def calculate(operator: str, left: Any, right: Any) -> Any:
    """Apply an operator.

    Raises:
        Undefined: the operator knows no such pair of kinds, or there is no result.
    """
    operation = TABLES[operator].get((type(left), type(right)))
    if operation is None:
        raise Undefined(
            feel.NO_OPERATION(left=kind_of(left), operator=operator, right=kind_of(right))
        )
    try:
        return operation(left, right)
    except (DecimalException, ValueError, ArithmeticError) as error:
        raise Undefined(feel.OUT_OF_RANGE(operator=operator)) from error


def negative(value: Any) -> Any:
    """Turn the sign of a number or duration.

    Raises:
        Undefined: the value has none.
    """
    if isinstance(value, Decimal):
        return ARITHMETIC.minus(value)
    if isinstance(value, DaysDuration):
        return DaysDuration(-value.nanoseconds)
    if isinstance(value, MonthsDuration):
        return MonthsDuration(-value.months)
    raise Undefined(feel.NO_NEGATIVE(found=kind_of(value)))
