"""Number what is committed: one at a time, in batches, so that a late commit never slips behind."""

from django.db import connection, transaction

SEQUENCER_LOCK = 7_310_001
BATCH_ENTRIES = 1000

_WAITING = "SELECT EXISTS (SELECT FROM journal_entry WHERE number IS NULL)"
_NUMBER = """
    WITH waiting AS (
        SELECT arrival, row_number() OVER (ORDER BY arrival) AS place
        FROM journal_entry WHERE number IS NULL ORDER BY arrival LIMIT %s
    )
    UPDATE journal_entry AS entry SET number = %s + waiting.place
    FROM waiting WHERE entry.arrival = waiting.arrival
"""


def sequence() -> int:
    """Give the next numbers to a batch of committed entries and return how many there were.

    Only one process numbers at a time; another that finds it at work returns 0. Entries are seen
    only once committed, and numbers follow what is seen: a transaction that commits late gets a
    later number, never one behind a reader's place.
    """
    with connection.cursor() as cursor:
        cursor.execute(_WAITING)
        if not cursor.fetchone()[0]:
            return 0
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [SEQUENCER_LOCK])
        if not cursor.fetchone()[0]:
            return 0
        cursor.execute("SELECT coalesce(max(number), 0) FROM journal_entry")
        cursor.execute(_NUMBER, [BATCH_ENTRIES, cursor.fetchone()[0]])
        return int(cursor.rowcount)
