"""Allen's relations of points and intervals (DMN 1.5, 10.3.4.9)."""

from typing import Any

from shuzheng.support.decisions.rules.builtins.registry import declare
from shuzheng.support.decisions.rules.comparison import equal, less
from shuzheng.support.decisions.rules.comparison import includes as range_includes
from shuzheng.support.decisions.rules.faults import feel
from shuzheng.support.decisions.rules.values import Range, Undefined


def _less(one: Any, other: Any) -> bool:
    verdict = less(one, other)
    if verdict is None:
        raise Undefined(feel.NOT_COMPARABLE())
    return verdict


def _same(one: Any, other: Any) -> bool:
    return not _less(one, other) and not _less(other, one)


def _as_range(value: Any) -> Range:
    if value is None:
        raise Undefined(feel.NO_NULL())
    return value if isinstance(value, Range) else Range(value, value, True, True)


@declare("before(point1: any, point2: any)")
@declare("before(point: any, range: any)")
@declare("before(range: any, point: any)")
@declare("before(range1: any, range2: any)")
def before(one: Any, other: Any) -> bool:
    """Say whether the first ends before the second begins."""
    first, second = _as_range(one), _as_range(other)
    touches = _same(first.end, second.start) and first.end_included and second.start_included
    return not touches and not _less(second.start, first.end)


@declare("after(point1: any, point2: any)")
@declare("after(point: any, range: any)")
@declare("after(range: any, point: any)")
@declare("after(range1: any, range2: any)")
def after(one: Any, other: Any) -> bool:
    """Say whether the first begins after the second ends."""
    return before(other, one)


@declare("meets(range1: range, range2: range)")
def meets(one: Range, other: Range) -> bool:
    """Say whether the first ends where the second begins, both ends included."""
    return one.end_included and other.start_included and _same(one.end, other.start)


@declare("met by(range1: range, range2: range)")
def met_by(one: Range, other: Range) -> bool:
    """Say whether the second meets the first."""
    return meets(other, one)


@declare("overlaps(range1: range, range2: range)")
def overlaps(one: Range, other: Range) -> bool:
    """Say whether the two have a point in common."""
    return not before(one, other) and not before(other, one)


def _starts_earlier(one: Range, other: Range) -> bool:
    if _same(one.start, other.start):
        return one.start_included and not other.start_included
    return _less(one.start, other.start)


def _ends_earlier(one: Range, other: Range) -> bool:
    if _same(one.end, other.end):
        return other.end_included and not one.end_included
    return _less(one.end, other.end)


@declare("overlaps before(range1: range, range2: range)")
def overlaps_before(one: Range, other: Range) -> bool:
    """Say whether the first begins before the second does, and ends inside it."""
    return overlaps(one, other) and _starts_earlier(one, other) and not _ends_earlier(other, one)


@declare("overlaps after(range1: range, range2: range)")
def overlaps_after(one: Range, other: Range) -> bool:
    """Say whether the first begins after the second does, inside it, and ends no earlier."""
    return overlaps(one, other) and _starts_earlier(other, one) and not _ends_earlier(one, other)


@declare("finishes(point: any, range: range)")
@declare("finishes(range1: range, range2: range)")
def finishes(one: Any, other: Range) -> bool:
    """Say whether the first lies in the second and ends with it."""
    first = _as_range(one)
    same_end = _same(first.end, other.end) and first.end_included == other.end_included
    return same_end and not _starts_earlier(first, other)


@declare("finished by(range: range, point: any)")
@declare("finished by(range1: range, range2: range)")
def finished_by(one: Range, other: Any) -> bool:
    """Say whether the second finishes the first."""
    return finishes(other, one)


@declare("includes(range: range, point: any)")
@declare("includes(range1: range, range2: range)")
def includes(one: Range, other: Any) -> bool:
    """Say whether the second lies in the first."""
    if not isinstance(other, Range):
        verdict = range_includes(one, other)
        if verdict is None:
            raise Undefined(feel.NOT_COMPARABLE())
        return verdict
    return not _starts_earlier(other, one) and not _ends_earlier(one, other)


@declare("during(point: any, range: range)")
@declare("during(range1: range, range2: range)")
def during(one: Any, other: Range) -> bool:
    """Say whether the first lies in the second."""
    return includes(other, one)


@declare("starts(point: any, range: range)")
@declare("starts(range1: range, range2: range)")
def starts(one: Any, other: Range) -> bool:
    """Say whether the first lies in the second and begins with it."""
    first = _as_range(one)
    same_start = _same(first.start, other.start) and first.start_included == other.start_included
    return same_start and not _ends_earlier(other, first)


@declare("started by(range: range, point: any)")
@declare("started by(range1: range, range2: range)")
def started_by(one: Range, other: Any) -> bool:
    """Say whether the second starts the first."""
    return starts(other, one)


@declare("coincides(point1: any, point2: any)")
@declare("coincides(range1: any, range2: any)")
def coincides(one: Any, other: Any) -> bool:
    """Say whether the two are the same."""
    if isinstance(one, Range) != isinstance(other, Range):
        raise Undefined(feel.POINT_AND_RANGE())
    verdict = equal(one, other)
    if verdict is None or one is None or other is None:
        raise Undefined(feel.NOT_COMPARABLE())
    return verdict
