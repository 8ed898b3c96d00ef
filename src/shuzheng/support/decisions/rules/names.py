"""FEEL names: they may hold spaces and signs, so a text is read against the names in scope."""

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

START = r"[?_\U00010000-\U000EFFFF]|[^\W\d]"
PART = r"[\w?'\u00b7\U00010000-\U000EFFFF]"
WORD = re.compile(rf"(?:{START}){PART}*")
_PIECE = re.compile(rf"{PART}+|[^\s]")

BUILT_IN_NAMES = frozenset(
    {
        "date and time",
        "days and time duration",
        "years and months duration",
        "time offset",
        "start included",
        "end included",
        "string length",
        "upper case",
        "lower case",
        "substring before",
        "substring after",
        "starts with",
        "ends with",
        "list contains",
        "insert before",
        "index of",
        "distinct values",
        "list replace",
        "string join",
        "get value",
        "get entries",
        "context put",
        "context merge",
        "round up",
        "round down",
        "round half up",
        "round half down",
        "day of year",
        "day of week",
        "month of year",
        "week of year",
        "met by",
        "overlaps before",
        "overlaps after",
        "finished by",
        "started by",
    }
)


def normalise(name: str) -> str:
    r"""Write every run of white space in a name as one space.

    >>> normalise(" Monthly \n Salary ")
    'Monthly Salary'
    """
    return " ".join(name.split())


def is_plain(name: str) -> bool:
    """Say whether a name is a single word, read without knowing the scope."""
    return WORD.fullmatch(name) is not None


def composed(names: Iterable[str]) -> frozenset[str]:
    """Keep the names that are more than one word."""
    return frozenset(name for name in names if not is_plain(name))


@lru_cache(maxsize=512)
def pattern_of(names: frozenset[str]) -> re.Pattern[str]:
    """Return a pattern that finds the longest of the names at a place, however they are spaced."""
    longest_first = sorted(names | BUILT_IN_NAMES, key=lambda name: (-len(name), name))
    return re.compile("|".join(_spaced(name) for name in longest_first if name))


def _spaced(name: str) -> str:
    pieces = _PIECE.findall(name)
    text = str(re.escape(pieces[0]))
    for before, piece in pairwise(pieces):
        both_words = WORD.fullmatch(before[-1]) or before[-1].isalnum()
        gap = r"\s+" if both_words and (piece[0].isalnum() or piece[0] in "?_") else r"\s*"
        text += gap + re.escape(piece)
    return text + (rf"(?!{PART})" if re.fullmatch(PART, pieces[-1][-1]) else "")
