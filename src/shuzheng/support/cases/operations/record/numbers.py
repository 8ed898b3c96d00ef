"""Numbers and codes of cases."""

import secrets

from django.db import connection

from shuzheng.institutions.city.queries import get_city
from shuzheng.support.cases.rules import case_number

_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def next_number(*, year: int) -> str:
    """Return the next case number; a number drawn by a transaction that fails is left out."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('cases_number')")
        (serial,) = cursor.fetchone()
    return case_number(prefix=get_city().case_prefix, year=year, serial=serial)


def receipt_code() -> str:
    """Return a random code of 98 bits, without letters that look alike."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(20))
