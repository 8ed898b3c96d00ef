"""电子证照标识 (GB/T 36904-2018) and its check character (ISO 7064 MOD 37,36).

``1.2.156.3005.2.<type>.<issuer>.<serial>.<version>.<check>``: the type of licence is the credit
code of who defines it and three digits, the version three digits. The issuer should be a credit
code; area codes occur in real identifiers, so reading does not insist.

The check character covers type, issuer, serial and version, without root and dots.
"""

from dataclasses import dataclass

from shuzheng.standards.credit_code import is_credit_code

ROOT = "1.2.156.3005.2"
_CHARACTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_MODULUS = len(_CHARACTERS)
_TYPE_LENGTH = 21
_VERSION_LENGTH = 3


@dataclass(frozen=True, slots=True)
class LicenceIdentifier:
    """The parts of an identifier; ``str`` puts them together with the check character."""

    licence_type: str
    issuer: str
    serial: str
    version: str = "001"

    def __str__(self) -> str:
        parts = (self.licence_type, self.issuer, self.serial, self.version)
        return ".".join((ROOT, *parts, check_character("".join(parts))))


def check_character(text: str) -> str:
    """Return the ISO 7064 MOD 37,36 check character of digits and capital letters.

    Raises:
        ValueError: another character occurs.
    """
    product = _MODULUS
    for character in text:
        total = (product + _CHARACTERS.index(character)) % _MODULUS or _MODULUS
        product = total * 2 % (_MODULUS + 1)
    return _CHARACTERS[(_MODULUS + 1 - product) % _MODULUS]


def read_identifier(text: str) -> LicenceIdentifier:
    """Return the parts of an identifier.

    Raises:
        ValueError: the form, the type's credit code or the check character is wrong.
    """
    root, _, rest = text.partition(f"{ROOT}.")
    parts = rest.split(".")
    if root or len(parts) != 5 or not all(_is_plain(part) for part in parts):  # noqa: PLR2004
        raise ValueError(f"{text!r} does not have the form of a licence identifier")
    licence_type, issuer, serial, version, check = parts
    if len(licence_type) != _TYPE_LENGTH or len(version) != _VERSION_LENGTH:
        raise ValueError(f"{text!r}: type or version has the wrong length")
    if not is_credit_code(licence_type[:18]):
        raise ValueError(f"{text!r} does not name who defined the type by a credit code")
    if check != check_character(licence_type + issuer + serial + version):
        raise ValueError(f"{text!r} has a wrong check character")
    return LicenceIdentifier(licence_type, issuer, serial, version)


def is_licence_identifier(text: str) -> bool:
    """Say whether the text is a licence identifier."""
    try:
        read_identifier(text)
    except ValueError:
        return False
    return True


def _is_plain(part: str) -> bool:
    return bool(part) and set(part) <= set(_CHARACTERS)
