"""What happens makes messages; messages leave the house minute by minute, digests each morning."""

from datetime import UTC, datetime

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from shuzheng.infrastructure.journal.rules import Entry, declare_subscription
from shuzheng.support.messages.operations import mail_digests, mail_messages, send_about
from shuzheng.support.messages.rules import FOLLOWED_KINDS

_RETRY = RetryStrategy(max_attempts=5, exponential_wait=4)


def tell(entry: Entry) -> None:
    """Send what the templates say about an entry."""
    send_about(entry=entry, at=datetime.now(UTC))


declare_subscription("messages.tell", kinds=FOLLOWED_KINDS, handler=tell)


@app.periodic(cron="* * * * *")
@app.task(name="messages.mail", queue="messages", retry=_RETRY)
def mail(timestamp: int) -> None:
    """Mail new messages every minute."""
    now = datetime.fromtimestamp(timestamp, UTC)
    mail_messages(at=now)


@app.periodic(cron="30 0 * * *")
@app.task(name="messages.mail_digests", queue="messages", retry=_RETRY)
def mail_gathered(timestamp: int) -> None:
    """Mail the digests at half past eight in the morning of Beijing time."""
    now = datetime.fromtimestamp(timestamp, UTC)
    mail_digests(at=now)
