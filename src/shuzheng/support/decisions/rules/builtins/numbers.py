"""Built-in functions on numbers (DMN 1.5, 10.3.4.5)."""

from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_DOWN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    ROUND_UP,
    Decimal,
)

from shuzheng.support.decisions.rules.arithmetic import negative
from shuzheng.support.decisions.rules.builtins.registry import declare
from shuzheng.support.decisions.rules.faults import feel
from shuzheng.support.decisions.rules.temporal import DaysDuration, MonthsDuration
from shuzheng.support.decisions.rules.values import ARITHMETIC, Undefined, number

_LEAST_SCALE, _LARGEST_SCALE = -6111, 6176


def _rounded(value: Decimal, scale: Decimal, rounding: str) -> Decimal:
    places = int(scale)
    if not _LEAST_SCALE <= places <= _LARGEST_SCALE:
        raise Undefined(feel.SCALE(least=_LEAST_SCALE, most=_LARGEST_SCALE))
    if value.adjusted() + places >= ARITHMETIC.prec:
        return value
    step = Decimal(1).scaleb(-places)
    context = ARITHMETIC.copy()
    context.Emin, context.Emax = -999_999, 999_999
    return number(value.quantize(step, rounding, context))


@declare("decimal(n: number, scale: number)")
def decimal(value: Decimal, scale: Decimal) -> Decimal:
    """Round half to even at so many places."""
    return _rounded(value, scale, ROUND_HALF_EVEN)


@declare("floor(n: number)")
def floor(value: Decimal) -> Decimal:
    """Round down to a whole number."""
    return _rounded(value, Decimal(0), ROUND_FLOOR)


@declare("floor(n: number, scale: number)")
def floor_at(value: Decimal, scale: Decimal) -> Decimal:
    """Round down at so many places."""
    return _rounded(value, scale, ROUND_FLOOR)


@declare("ceiling(n: number)")
def ceiling(value: Decimal) -> Decimal:
    """Round up to a whole number."""
    return _rounded(value, Decimal(0), ROUND_CEILING)


@declare("ceiling(n: number, scale: number)")
def ceiling_at(value: Decimal, scale: Decimal) -> Decimal:
    """Round up at so many places."""
    return _rounded(value, scale, ROUND_CEILING)


@declare("round up(n: number, scale: number)")
def round_up(value: Decimal, scale: Decimal) -> Decimal:
    """Round away from zero."""
    return _rounded(value, scale, ROUND_UP)


@declare("round down(n: number, scale: number)")
def round_down(value: Decimal, scale: Decimal) -> Decimal:
    """Round towards zero."""
    return _rounded(value, scale, ROUND_DOWN)


@declare("round half up(n: number, scale: number)")
def round_half_up(value: Decimal, scale: Decimal) -> Decimal:
    """Round to the nearest, halves away from zero."""
    return _rounded(value, scale, ROUND_HALF_UP)


@declare("round half down(n: number, scale: number)")
def round_half_down(value: Decimal, scale: Decimal) -> Decimal:
    """Round to the nearest, halves towards zero."""
    return _rounded(value, scale, ROUND_HALF_DOWN)


@declare("abs(n: number)")
def absolute(value: Decimal) -> Decimal:
    """Return the size of a number."""
    return ARITHMETIC.abs(value)


@declare("abs(n: duration)")
def absolute_duration(value: DaysDuration | MonthsDuration) -> DaysDuration | MonthsDuration:
    """Return the length of a duration without its sign."""
    size = value.nanoseconds if isinstance(value, DaysDuration) else value.months
    result: DaysDuration | MonthsDuration = negative(value) if size < 0 else value
    return result


@declare("modulo(dividend: number, divisor: number)")
def modulo(dividend: Decimal, divisor: Decimal) -> Decimal:
    """Return the remainder, with the sign of the divisor."""
    if not divisor:
        raise Undefined(feel.DIVISOR())
    quotient = floor(ARITHMETIC.divide(dividend, divisor))
    return ARITHMETIC.subtract(dividend, ARITHMETIC.multiply(divisor, quotient))


@declare("sqrt(number: number)")
def square_root(value: Decimal) -> Decimal:
    """Return the square root."""
    return ARITHMETIC.sqrt(value)


@declare("log(number: number)")
def logarithm(value: Decimal) -> Decimal:
    """Return the natural logarithm."""
    if value <= 0:
        raise Undefined(feel.LOGARITHM())
    return ARITHMETIC.ln(value)


@declare("exp(number: number)")
def exponential(value: Decimal) -> Decimal:
    """Return e to the power of a number."""
    return ARITHMETIC.exp(value)


@declare("odd(number: number)")
def odd(value: Decimal) -> bool:
    """Say whether a number is odd."""
    return _whole(value) % 2 == 1


@declare("even(number: number)")
def even(value: Decimal) -> bool:
    """Say whether a number is even."""
    return _whole(value) % 2 == 0


def _whole(value: Decimal) -> int:
    if value != value.to_integral_value():
        raise Undefined(feel.NO_INTEGER())
    return int(value)
