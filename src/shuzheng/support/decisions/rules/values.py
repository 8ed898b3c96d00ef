"""FEEL's values and their kinds; numbers are decimals of 34 digits (IEEE 754-2008 decimal128)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_EVEN, Context, Decimal, DivisionByZero, InvalidOperation, Overflow
from math import isfinite
from typing import Any
from uuid import UUID

from shuzheng.policy.refusals import Sentence
from shuzheng.support.decisions.rules.errors import InputNotUsable
from shuzheng.support.decisions.rules.temporal import (
    Date,
    DateTime,
    DaysDuration,
    MonthsDuration,
    Time,
)

ARITHMETIC = Context(
    prec=34,
    rounding=ROUND_HALF_EVEN,
    Emin=-6143,
    Emax=6144,
    traps=[InvalidOperation, DivisionByZero, Overflow],
)
_LARGEST_INPUT_DEPTH = 50


@dataclass(frozen=True, slots=True)
class Range:
    """An interval; an open side has no bound.

    Attributes:
        start: lower bound or None.
        end: upper bound or None.
        start_included: the lower bound belongs to it.
        end_included: the upper bound belongs to it.
        form: ``null`` if a bound was written as null, which nothing can be compared with; ``point``
            for ``(= x)``.
    """

    start: Any
    end: Any
    start_included: bool
    end_included: bool
    form: str = ""


@dataclass(frozen=True, slots=True)
class Function:
    """Something that can be called; built-in, written in FEEL, or a part of a model.

    Attributes:
        name: for messages; empty for a function literal.
        parameters: names in order.
        call: takes the caller's scope, the positional values and the named ones.
        type: the declared type, if any.
    """

    name: str
    parameters: tuple[str, ...]
    call: Callable[[Any, tuple[Any, ...], Mapping[str, Any] | None], Any]
    type: Any = None


KINDS: dict[type, str] = {
    type(None): "null",
    bool: "boolean",
    Decimal: "number",
    str: "string",
    list: "list",
    dict: "context",
    Date: "date",
    Time: "time",
    DateTime: "date and time",
    DaysDuration: "days and time duration",
    MonthsDuration: "years and months duration",
    Range: "range",
    Function: "function",
}


def kind_of(value: Any) -> str:
    """Return the name of the value's kind, as FEEL writes it."""
    return KINDS.get(type(value), "unary test")


class Undefined(Exception):
    """A value does not exist; it becomes null where it was asked for, with a note."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        super().__init__(sentence)


def number(value: int | str | Decimal) -> Decimal:
    """Return the decimal, rounded to 34 digits."""
    return ARITHMETIC.create_decimal(value)


def from_python(value: Any, depth: int = 0) -> Any:
    """Turn what callers have (dates, floats, tuples, mappings) into FEEL's values.

    Raises:
        InputNotUsable: FEEL has no such value, or it is nested too deep.
    """
    exact = type(value)
    if exact in (
        str,
        Decimal,
        bool,
        type(None),
        Date,
        Time,
        DateTime,
        DaysDuration,
        MonthsDuration,
    ):
        return value
    if depth > _LARGEST_INPUT_DEPTH:
        raise InputNotUsable(value="…", type="nested")
    if exact in _CONVERTERS:
        return _CONVERTERS[exact](value)
    if isinstance(value, Mapping):
        return {str(key): from_python(each, depth + 1) for key, each in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [from_python(each, depth + 1) for each in value]
    if isinstance(value, Range | Function):
        return value
    raise InputNotUsable(value=str(value)[:80], type=exact.__name__)


def _from_float(value: float) -> Decimal:
    if not isfinite(value):
        raise InputNotUsable(value=str(value), type="float")
    return ARITHMETIC.create_decimal(repr(value))


def _from_date(value: date) -> Date:
    return Date(value.year, value.month, value.day)


def _from_time(value: time) -> Time:
    seconds = (value.hour * 60 + value.minute) * 60 + value.second
    zone = getattr(value.tzinfo, "key", "") or ""
    offset = value.utcoffset()
    shift = None if zone or offset is None else int(offset.total_seconds())
    return Time(seconds * 1_000_000_000 + value.microsecond * 1000, shift, zone)


def _from_datetime(value: datetime) -> DateTime:
    zone = getattr(value.tzinfo, "key", "") or ""
    local = _from_time(value.time())
    offset = value.utcoffset()
    shift = None if zone or offset is None else int(offset.total_seconds())
    return DateTime(_from_date(value), Time(local.nanoseconds, shift, zone))


def _from_timedelta(value: timedelta) -> DaysDuration:
    return DaysDuration(round(value / timedelta(microseconds=1)) * 1000)


_CONVERTERS: dict[type, Callable[[Any], Any]] = {
    int: ARITHMETIC.create_decimal,
    float: _from_float,
    date: _from_date,
    time: _from_time,
    datetime: _from_datetime,
    timedelta: _from_timedelta,
    UUID: str,
}
