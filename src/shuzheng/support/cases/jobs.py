"""Time passes: flows begin and go on at their moment, late and unseen work goes to posts above."""

import logging
import time
from datetime import UTC, datetime

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from shuzheng.infrastructure.journal.rules import ANY_KIND, Entry, declare_subscription
from shuzheng.support.cases.operations import (
    carry_messages,
    escalate_overdue,
    fire_starts,
    fire_timers,
    free_claims_of_absent,
    leave_behind,
    migrate_batch,
    notice_entry,
    open_overdue_to_follow,
    raise_vacant,
    recount_due_dates,
    remind_near,
)
from shuzheng.support.cases.queries import list_open_migrations, list_waiting
from shuzheng.support.matters.queries import list_opening_kinds

_log = logging.getLogger(__name__)
_RETRY = RetryStrategy(max_attempts=5, exponential_wait=5)


def notice(entry: Entry) -> None:
    """Let an entry open cases of the matters that say so."""
    notice_entry(entry=entry, at=datetime.now(UTC))


declare_subscription(
    "cases.notice_entries", kinds=(ANY_KIND,), wanted=list_opening_kinds, handler=notice
)


@app.periodic(cron="* * * * * */15")
@app.task(name="cases.fire_timers", queueing_lock="cases.fire_timers", retry=_RETRY)
def fire_timers_due(timestamp: int) -> None:
    """Begin flows and let them go on at their moment, in batches, every fifteen seconds."""
    while fire_starts(at=datetime.now(UTC)):
        pass
    while fire_timers(at=datetime.now(UTC)):
        pass


@app.periodic(cron="* * * * * */5")
@app.task(name="cases.carry_messages", queueing_lock="cases.carry_messages", retry=_RETRY)
def carry_what_flows_sent(timestamp: int) -> None:
    """Deliver messages and signals between flows, in batches, every five seconds."""
    while carry_messages(at=datetime.now(UTC)):
        pass


@app.periodic(cron="*/5 * * * *")
@app.task(name="cases.escalate_overdue", queueing_lock="cases.escalate_overdue", retry=_RETRY)
def escalate_what_is_overdue(timestamp: int) -> None:
    """Show overdue tasks to the post above, every five minutes."""
    while escalate_overdue(at=datetime.now(UTC)):
        pass


@app.periodic(cron="*/5 * * * *")
@app.task(name="cases.free_claims", queueing_lock="cases.free_claims", retry=_RETRY)
def free_what_the_absent_hold(timestamp: int) -> None:
    """Give back, every five minutes, what is claimed by people who left the post."""
    free_claims_of_absent(at=datetime.now(UTC))


@app.periodic(cron="* * * * *")
@app.task(name="cases.raise_vacant", queueing_lock="cases.raise_vacant", retry=_RETRY)
def raise_what_nobody_sees(timestamp: int) -> None:
    """Show, every minute, what lies on a post without anybody to the post above."""
    while raise_vacant(at=datetime.now(UTC)):
        pass


@app.periodic(cron="10 * * * *")
@app.task(name="cases.overdue_to_follow", queueing_lock="cases.overdue_to_follow", retry=_RETRY)
def ask_for_what_did_not_follow(timestamp: int) -> None:
    """Give the window, every hour, what did not follow a conditional acceptance in time."""
    while open_overdue_to_follow(at=datetime.now(UTC)):
        pass


MIGRATING_SECONDS = 14
"""A turn of migrating ends before the next begins, so that other jobs have their turn too."""


@app.periodic(cron="* * * * * */15")
@app.task(name="cases.migrate", queueing_lock="cases.migrate", retry=_RETRY)
def migrate_running_cases(timestamp: int) -> None:
    """Move cases to the versions they are to go to, in batches; a batch cut off is done again."""
    until = time.monotonic() + MIGRATING_SECONDS
    for migration in list_open_migrations():
        while time.monotonic() < until and _migrate(migration):
            pass


def _migrate(migration: int) -> int:
    """Move a batch; if it fails, its cases one by one, so that one holds up nobody else."""
    try:
        return migrate_batch(migration=migration, at=datetime.now(UTC))
    except Exception:  # noqa: BLE001  whatever it was, the others go on
        _log.exception("a batch of migration %s failed", migration)
        return sum(_migrate_one(migration, item) for item in list_waiting(migration, limit=100))


def _migrate_one(migration: int, item: int) -> int:
    try:
        return migrate_batch(migration=migration, only=item, at=datetime.now(UTC))
    except Exception as fault:  # noqa: BLE001  an official is told, the log has its trace
        _log.exception("case %s of migration %s failed", item, migration)
        error = type(fault).__name__
        leave_behind(migration=migration, item=item, error=error, at=datetime.now(UTC))
        return 1


@app.periodic(cron="*/2 * * * *")
@app.task(name="cases.recount_due_dates", queueing_lock="cases.recount_due_dates", retry=_RETRY)
def let_due_dates_follow_the_calendar(timestamp: int) -> None:
    """Recount, every two minutes and in batches, what was counted by an earlier calendar."""
    while recount_due_dates(at=datetime.now(UTC)):
        pass


@app.periodic(cron="*/5 * * * *")
@app.task(name="cases.remind_near", queueing_lock="cases.remind_near", retry=_RETRY)
def remind_who_is_near_a_limit(timestamp: int) -> None:
    """Remind, every five minutes, who has not been reminded of a limit that is near."""
    while remind_near(at=datetime.now(UTC)):
        pass
