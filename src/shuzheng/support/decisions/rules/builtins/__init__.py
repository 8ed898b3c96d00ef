"""FEEL's built-in functions, by subject; importing this package declares them all."""

from shuzheng.support.decisions.rules.builtins import (
    aggregates,
    contexts,
    conversions,
    days,
    lists,
    numbers,
    range_text,
    ranges,
    strings,
)
from shuzheng.support.decisions.rules.builtins.registry import built_in_functions

__all__ = [
    "BUILT_INS",
    "aggregates",
    "contexts",
    "conversions",
    "days",
    "lists",
    "numbers",
    "range_text",
    "ranges",
    "strings",
]

BUILT_INS = built_in_functions()
