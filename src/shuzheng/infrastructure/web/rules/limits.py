"""How often something may be asked: ``10/m`` is ten times a minute."""

import re
from dataclasses import dataclass

SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
FORM = re.compile(r"([1-9][0-9]*)/([1-9][0-9]*)?([smhd])")


@dataclass(frozen=True, slots=True)
class Rate:
    """At most ``times`` in ``seconds``."""

    times: int
    seconds: int


def read_rate(text: str) -> Rate:
    """Read ``10/m`` or ``5/15m``.

    Raises:
        ValueError: the text is not a rate.

    >>> read_rate("5/15m")
    Rate(times=5, seconds=900)
    """
    found = FORM.fullmatch(text)
    if found is None:
        raise ValueError(f"not a rate: {text!r}; write 10/m or 5/15m")
    times, units, unit = found.groups()
    return Rate(int(times), int(units or 1) * SECONDS[unit])
