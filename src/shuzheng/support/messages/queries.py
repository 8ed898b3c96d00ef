"""A person's or a post's messages, newest first."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from shuzheng.infrastructure.access.rules import Actor
from shuzheng.support.messages.models import Message, TemplateDefinition
from shuzheng.support.messages.rules import MessageTemplate, NoSuchMessage

PAGE = 50
_UNREAD = {
    recipient: f"SELECT count(*) FROM messages_message WHERE {recipient} = %s AND read_at IS NULL"  # noqa: S608
    for recipient in ("person", "post")
}
"""Every page asks this; written out, for the ORM takes three times as long."""


@dataclass(frozen=True, slots=True)
class MessageRow:
    """A message as its recipient sees it."""

    id: UUID
    title: str
    title_en: str
    body: str
    body_en: str
    link: str
    case: str
    person: str
    post: str
    sent_at: datetime
    read_at: datetime | None


def list_messages(
    *, person: str = "", post: str = "", before: datetime | None = None, limit: int = PAGE
) -> tuple[MessageRow, ...]:
    """Return messages to a person, a post, or both, sent before a moment; newest first."""
    rows = _of(person=person, post=post)
    if before is not None:
        rows = rows.filter(sent_at__lt=before)
    return tuple(_row(row) for row in rows.order_by("-sent_at", "-pk")[:limit])


def count_unread(*, person: str = "", post: str = "") -> int:
    """Return how many messages nobody has opened yet."""
    if not person and not post:
        return 0
    recipient = "person" if person else "post"
    with connection.cursor() as cursor:
        cursor.execute(_UNREAD[recipient], [person or post])
        return int(cursor.fetchone()[0])


def get_message(*, message: UUID, by: Actor) -> MessageRow:
    """Return one of the actor's own messages.

    Raises:
        NoSuchMessage: there is none, or it is not theirs.
    """
    person, post = mailbox_of(by)
    row = _of(person=person, post=post).filter(public_id=message).first()
    if row is None:
        raise NoSuchMessage
    return _row(row)


def mailbox_of(actor: Actor) -> tuple[str, str]:
    """Return whose messages an actor reads: a person's own, an official's current post's."""
    return ("", actor.post) if actor.kind == "official" else (actor.person, "")


def list_templates(on: str) -> tuple[MessageTemplate, ...]:
    """Return the templates that speak about entries of a kind."""
    rows = TemplateDefinition.objects.filter(on=on).order_by("key")
    return tuple(MessageTemplate.model_validate(row.definition) for row in rows)


def _of(*, person: str, post: str) -> QuerySet[Message]:
    if person:
        return Message.objects.filter(person=person)
    return Message.objects.filter(post=post) if post else Message.objects.none()


def _row(row: Message) -> MessageRow:
    return MessageRow(
        id=row.public_id,
        title=row.title,
        title_en=row.title_en,
        body=row.body,
        body_en=row.body_en,
        link=row.link,
        case=row.case,
        person=row.person,
        post=row.post,
        sent_at=row.sent_at,
        read_at=row.read_at,
    )
