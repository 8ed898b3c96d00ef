"""公民身份号码 (GB 11643-1999), and the range that our invented people live in.

A synthetic number is recognised by an area code whose last four digits are ``0000`` (a whole
province) and a sequence (digits 15 to 17) of 900 or more. Numbers are issued by counties, so the
code of a province never stands in a real one: such a number passes every check and belongs to
nobody.
"""

from dataclasses import dataclass
from datetime import date

LENGTH = 18
FIRST_SYNTHETIC_SEQUENCE = 900
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"


@dataclass(frozen=True, slots=True)
class CitizenId:
    """What a citizen's number says."""

    area: str
    born_on: date
    is_female: bool


def check_character(body: str) -> str:
    """Return the 18th character for the first 17 digits."""
    return _CHECKS[sum(int(d) * w for d, w in zip(body, _WEIGHTS, strict=True)) % 11]


def is_citizen_id(text: str) -> bool:
    """Say whether the text is a number with a real birthday and a right check character.

    >>> is_citizen_id("11010519491231002X"), is_citizen_id("110105194912310021")
    (True, False)
    """
    body = text[:-1]
    if len(text) != LENGTH or not (body.isascii() and body.isdecimal()):
        return False
    return _birthday(text) is not None and text[-1] == check_character(body)


def read_citizen_id(text: str) -> CitizenId:
    """Return what the number says.

    Raises:
        ValueError: it is not a citizen's number.
    """
    born_on = _birthday(text) if is_citizen_id(text) else None
    if born_on is None:
        raise ValueError("not a citizen's number")
    return CitizenId(area=text[:6], born_on=born_on, is_female=int(text[16]) % 2 == 0)


def is_synthetic(text: str) -> bool:
    """Say whether the number is one of ours, which no office can have issued."""
    return (
        is_citizen_id(text) and text[2:6] == "0000" and int(text[14:17]) >= FIRST_SYNTHETIC_SEQUENCE
    )


def build_synthetic(*, province: str, born_on: date, is_female: bool, serial: int = 0) -> str:
    """Return an unissuable number; serials run from 0 to 49 for each birthday and sex.

    >>> build_synthetic(province="33", born_on=date(1990, 1, 2), is_female=False)
    '330000199001029014'
    """
    sequence = FIRST_SYNTHETIC_SEQUENCE + 2 * serial + (0 if is_female else 1)
    body = f"{province}0000{born_on:%Y%m%d}{sequence}"
    return body + check_character(body)


def mask(text: str) -> str:
    """Return the number with all but the first four and last two characters hidden."""
    return text[:4] + "*" * max(len(text) - 6, 0) + text[-2:]


def _birthday(text: str) -> date | None:
    try:
        return date(int(text[6:10]), int(text[10:12]), int(text[12:14]))
    except ValueError:
        return None
