"""Verification codes: 100 random bits that people can read out and type."""

import secrets

_CHARACTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENGTH = 20
_GROUP = 5
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1", "-": "", " ": "", "\u2014": ""})


def new_code() -> str:
    """Return a code of 20 characters (100 bits) in Crockford's alphabet, without hyphens."""
    return "".join(secrets.choice(_CHARACTERS) for _ in range(_LENGTH))


def read_code(text: str) -> str:
    """Return the code somebody typed in its stored form; empty if it cannot be one.

    >>> read_code("abcde-fghjk mnpqr-stvwo")
    'ABCDEFGHJKMNPQRSTVW0'
    >>> read_code("too short")
    ''
    """
    code = text.strip().upper().translate(_MISREAD)
    is_code = len(code) == _LENGTH and set(code) <= set(_CHARACTERS)
    return code if is_code else ""


def show_code(code: str) -> str:
    """Return a code in groups of five.

    >>> show_code("ABCDEFGHJKMNPQRSTVW0")
    'ABCDE-FGHJK-MNPQR-STVW0'
    """
    return "-".join(code[start : start + _GROUP] for start in range(0, len(code), _GROUP))
