"""Whoever changes a city's content does it after the other."""

from django.db import connection


def one_at_a_time() -> None:
    """Wait until nobody else applies or publishes content; released with the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('content.apply'))")
