"""Numbers as they are sent: text that anybody may have written."""

DIGITS = 18
"""As many as the key of a row has at the most."""


def number_in(text: str, *, digits: int = DIGITS) -> int | None:
    """Return the whole number a text says, of its first digits; nothing if it says none.

    >>> number_in("12"), number_in("-1"), number_in(""), number_in("123456", digits=4)
    (12, None, None, 1234)
    """
    return int(text[:digits]) if text.isdecimal() else None
