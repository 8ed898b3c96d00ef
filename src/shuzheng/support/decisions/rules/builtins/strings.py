"""Built-in functions on texts (DMN 1.5, 10.3.4.3)."""

from decimal import Decimal
from functools import lru_cache
from typing import Any

import regex

from shuzheng.support.decisions.rules.builtins.registry import declare
from shuzheng.support.decisions.rules.errors import EvaluationTooLong
from shuzheng.support.decisions.rules.faults import feel
from shuzheng.support.decisions.rules.limits import PATTERN_SECONDS
from shuzheng.support.decisions.rules.scope import Scope
from shuzheng.support.decisions.rules.values import Undefined, number

_FLAGS = {"s": regex.DOTALL, "m": regex.MULTILINE, "i": regex.IGNORECASE, "x": regex.VERBOSE}
_SUBSTITUTE = regex.compile(r"\\(.)|\$(\d+)")


@declare("substring(string: string, start position: number, length?: number)")
def substring(text: str, start: Decimal, length: Decimal | None = None) -> str:
    """Return the part that begins at a place, counted from 1 or, if negative, from the end."""
    place = int(start)
    if place == 0 or abs(place) > len(text):
        raise Undefined(feel.TEXT_START())
    begin = place - 1 if place > 0 else len(text) + place
    if length is None:
        return text[begin:]
    if int(length) < 1:
        raise Undefined(feel.TEXT_LENGTH())
    return text[begin : begin + int(length)]


@declare("string length(string: string)")
def string_length(text: str) -> Decimal:
    """Count characters."""
    return number(len(text))


@declare("upper case(string: string)")
def upper_case(text: str) -> str:
    """Return the text in capitals."""
    return text.upper()


@declare("lower case(string: string)")
def lower_case(text: str) -> str:
    """Return the text in small letters."""
    return text.lower()


@declare("substring before(string: string, match: string)")
def substring_before(text: str, match: str) -> str:
    """Return what stands before the first match, or nothing."""
    before, found, _ = text.partition(match) if match else ("", "", "")
    return before if found else ""


@declare("substring after(string: string, match: string)")
def substring_after(text: str, match: str) -> str:
    """Return what stands after the first match, or nothing."""
    return text.partition(match)[2] if match else text


@declare("contains(string: string, match: string)")
def contains(text: str, match: str) -> bool:
    """Say whether the text holds the match."""
    return match in text


@declare("starts with(string: string, match: string)")
def starts_with(text: str, match: str) -> bool:
    """Say whether the text begins so."""
    return text.startswith(match)


@declare("ends with(string: string, match: string)")
def ends_with(text: str, match: str) -> bool:
    """Say whether the text ends so."""
    return text.endswith(match)


@declare("matches(input: string, pattern: string, flags?: string)", wants_scope=True)
def matches(scope: Scope, text: str, pattern: str, flags: str | None = None) -> bool:
    """Say whether the pattern is found in the text."""
    return (
        _timed(scope, lambda time: _pattern(pattern, flags or "").search(text, timeout=time))
        is not None
    )


@declare(
    "replace(input: string, pattern: string, replacement: string, flags?: string)", wants_scope=True
)
def replace(
    scope: Scope, text: str, pattern: str, replacement: str, flags: str | None = None
) -> str:
    """Replace every match; ``$1`` stands for the first group."""
    compiled = _pattern(pattern, flags or "")
    template = _template(replacement, compiled.groups)
    result: str = _timed(scope, lambda time: compiled.sub(template, text, timeout=time))
    return result


@declare("split(string: string, delimiter: string)", wants_scope=True)
def split(scope: Scope, text: str, delimiter: str) -> list[str]:
    """Cut the text at every match of the pattern."""
    compiled = _pattern(delimiter, "")
    pieces = _timed(scope, lambda time: list(compiled.splititer(text, timeout=time)))
    return [piece for piece in pieces[:: compiled.groups + 1] if piece is not None]


@declare("string join(list: list, delimiter?: string)")
def string_join(texts: list[Any], delimiter: str | None = None) -> str:
    """Join the texts that are not null."""
    known = [text for text in texts if text is not None]
    if not all(isinstance(text, str) for text in known):
        raise Undefined(feel.TEXTS())
    return (delimiter or "").join(known)


@lru_cache(maxsize=1024)
def _pattern(pattern: str, flags: str) -> Any:
    """Compile an XPath pattern; the few forms Python reads otherwise are refused or translated."""
    unknown = set(flags) - set(_FLAGS)
    if unknown:
        raise Undefined(feel.FLAGS(flags="".join(sorted(unknown))))
    value = regex.V0
    for flag in flags:
        value |= _FLAGS[flag]
    try:
        return regex.compile(pattern, value)
    except regex.error as error:
        raise Undefined(feel.PATTERN(problem=str(error))) from error


def _template(replacement: str, groups: int) -> str:
    r"""Turn XPath's ``$1`` and ``\$`` into Python's ``\g<1>`` and ``$``."""

    def one(match: Any) -> str:
        if match[1]:
            if match[1] not in "$\\":
                raise Undefined(feel.REPLACEMENT())
            return "\\\\" if match[1] == "\\" else "$"
        return _group(match[2], groups)

    return str(_SUBSTITUTE.sub(one, replacement))


def _group(digits: str, groups: int) -> str:
    """Take the longest number that names a group; what is left over is text."""
    for length in range(len(digits), 0, -1):
        if int(digits[:length]) <= groups:
            return f"\\g<{int(digits[:length])}>{digits[length:]}"
    return digits[1:]


def _timed(scope: Scope, search: Any) -> Any:
    limit = scope.budget.limits.pattern_seconds
    scope.budget.spend(10)
    try:
        return search(limit)
    except TimeoutError as error:
        raise EvaluationTooLong(measure=PATTERN_SECONDS, limit=limit) from error
