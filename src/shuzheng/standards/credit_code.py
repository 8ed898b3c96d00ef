"""统一社会信用代码 (GB 32100-2015) and the organisation code inside it (GB 11714-1997)."""

CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
LENGTH = 18
_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_ORGANISATION_CHARACTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


def check_character(body: str) -> str:
    """Return the 18th character for the first 17.

    Raises:
        ValueError: a character is outside the set of the standard (no I, O, S, V, Z).
    """
    total = sum(CHARACTERS.index(c) * w for c, w in zip(body, _WEIGHTS, strict=True))
    return CHARACTERS[-total % 31]


def is_credit_code(text: str) -> bool:
    """Say whether the text is a credit code with a right check character.

    >>> is_credit_code("11100000000013338W"), is_credit_code("11100000000013338X")
    (True, False)
    """
    if len(text) != LENGTH or not set(text) <= set(CHARACTERS):
        return False
    return text[-1] == check_character(text[:-1])


def organisation_check_character(body: str) -> str:
    """Return the ninth character for the first eight of an organisation code."""
    total = sum(
        _ORGANISATION_CHARACTERS.index(c) * w
        for c, w in zip(body, _ORGANISATION_WEIGHTS, strict=True)
    )
    return "0123456789X"[-total % 11]


def build_credit_code(*, category: str, area: str, organisation: str) -> str:
    """Return a credit code with both check characters.

    Args:
        category: two characters, registering authority and kind (``11`` organ of state, ``91``
            enterprise, ``92`` individual business).
        area: six digits of GB/T 2260.
        organisation: eight characters.
    """
    body = f"{category}{area}{organisation}{organisation_check_character(organisation)}"
    return body + check_character(body)
