"""One-time codes: short enough to be copied from paper, too long to be guessed, and few."""

import secrets
from datetime import timedelta

from shuzheng.support.identity.rules.refusals import TooManyCodesOfAccount, TooManyCodesOfClerk

LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Without 0, 1, I, L and O, which are mistaken for each other on paper."""
LENGTH = 12
"""31^12 codes, about 59 bits: with twenty attempts an hour and an hour's life none is guessed."""
CODES_OF_ACCOUNT = 3
ACCOUNT_WINDOW = timedelta(days=1)
CODES_OF_CLERK = 20
CLERK_WINDOW = timedelta(hours=1)


def make_code() -> str:
    """Return a new code in groups of four, such as ``7KQM-2WTA-9XHE``."""
    return written("".join(secrets.choice(LETTERS) for _ in range(LENGTH)))


def written(typed: str) -> str:
    """Return a code as it is kept, however it was typed.

    >>> written(" 7kqm2wta 9xhe"), written("7KQM-2WTA-9XHE")
    ('7KQM-2WTA-9XHE', '7KQM-2WTA-9XHE')
    """
    letters = "".join(each for each in typed.upper() if each.isalnum())
    return "-".join(letters[each : each + 4] for each in range(0, len(letters), 4))


def check_how_many(*, of_account: int, of_clerk: int) -> None:
    """Refuse the next code when the account had, or the clerk made, too many of late.

    Args:
        of_account: codes made for the account within `ACCOUNT_WINDOW`.
        of_clerk: codes the clerk made within `CLERK_WINDOW`.

    Raises:
        TooManyCodesOfAccount, TooManyCodesOfClerk
    """
    if of_account >= CODES_OF_ACCOUNT:
        raise TooManyCodesOfAccount(count=CODES_OF_ACCOUNT)
    if of_clerk >= CODES_OF_CLERK:
        raise TooManyCodesOfClerk(count=CODES_OF_CLERK)
