"""Time passes: flows whose moment has come go on, overdue work is shown to the post above."""

from datetime import UTC, datetime

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from shuzheng.support.cases.operations import (
    carry_messages,
    escalate_overdue,
    fire_timers,
    free_claims_of_absent,
    open_overdue_to_follow,
)

_RETRY = RetryStrategy(max_attempts=5, exponential_wait=5)


@app.periodic(cron="* * * * * */15")
@app.task(name="cases.fire_timers", queueing_lock="cases.fire_timers", retry=_RETRY)
def fire_timers_due(timestamp: int) -> None:
    """Fire the timers that are due, in batches, every fifteen seconds."""
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


@app.periodic(cron="10 * * * *")
@app.task(name="cases.overdue_to_follow", queueing_lock="cases.overdue_to_follow", retry=_RETRY)
def ask_for_what_did_not_follow(timestamp: int) -> None:
    """Give the window, every hour, what did not follow a conditional acceptance in time."""
    while open_overdue_to_follow(at=datetime.now(UTC)):
        pass
