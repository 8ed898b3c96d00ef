"""Messages are sent, opened, and mailed."""

import re
from collections import defaultdict
from datetime import datetime, timedelta
from email.headerregistry import Address
from email.message import EmailMessage
from pathlib import Path
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import ngettext, override

from shuzheng.infrastructure.access.rules import Actor, system
from shuzheng.infrastructure.journal.operations import append
from shuzheng.infrastructure.journal.rules import Entry
from shuzheng.infrastructure.web.operations import say_words
from shuzheng.institutions.city.queries import list_english
from shuzheng.support.identity.queries import AccountRow, get_account_of_person, list_colleagues
from shuzheng.support.messages.models import Message
from shuzheng.support.messages.queries import MessageRow, get_message, list_templates
from shuzheng.support.messages.rules import (
    OPENED,
    SENT,
    Letter,
    MailPort,
    MessageTemplate,
    NobodyToTell,
    fill,
    fits,
    recipients,
    translated,
)

_BY = system("messages")
MAILED_WITHIN = timedelta(days=2)
"""Older messages are not mailed any more when a way out appears."""
_MOST_MAILED = 200
_UNSAFE = re.compile(r"[^\w.-]+")


class FolderMail:
    """Writes each mail as a file, so that a demonstration sends nothing out."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def deliver(self, *, to: str, name: str, title: str, body: str) -> None:
        """Write one mail; its number in the folder is its name."""
        self.folder.mkdir(parents=True, exist_ok=True)
        mail = EmailMessage()
        mail["From"] = "noreply@shuzheng.invalid"
        mail["To"] = Address(" ".join(name.split()), _UNSAFE.sub("-", to), "shuzheng.invalid")
        mail["Subject"] = " ".join(title.split())
        mail.set_content(body)
        number = sum(1 for _ in self.folder.glob("*.eml")) + 1
        path = self.folder / f"{number:05d}-{_UNSAFE.sub('-', to)}.eml"
        path.write_bytes(mail.as_bytes())


_mail: list[MailPort] = []


def use_mail(port: MailPort) -> None:
    """Say how messages leave the house; without it they stay in the product. Told by `site`."""
    _mail[:] = [port]


@transaction.atomic
def send(
    *,
    title: str,
    body: str,
    at: datetime,
    by: Actor = _BY,
    person: str = "",
    post: str = "",
    link: str = "",
    case: str = "",
) -> UUID:
    """Send a message to a person or to a post, in Chinese alone.

    Raises:
        NobodyToTell: neither or both are named.
    """
    if bool(person) == bool(post):
        raise NobodyToTell
    message = Message.objects.create(
        title=title, body=body, person=person, post=post, link=link, case=case, sent_at=at
    )
    _note_sent(message, by=by, at=at)
    return message.public_id


@transaction.atomic
def send_about(*, entry: Entry, at: datetime) -> int:
    """Send what the city's templates say about an entry; return how many messages are new.

    Telling the same entry again sends nothing.
    """
    return sum(
        _send_about(template, entry, person=person, post=post, at=at)
        for template in list_templates(entry.kind)
        if fits(template, entry)
        for person, post in recipients(template, entry)
    )


@transaction.atomic
def open_message(*, message: UUID, by: Actor, at: datetime) -> MessageRow:
    """Return one of the actor's messages and mark it read; the first opening is written down.

    Raises:
        NoSuchMessage: there is none, or it is somebody else's.
    """
    found = get_message(message=message, by=by)
    is_first = Message.objects.filter(public_id=message, read_at__isnull=True).update(read_at=at)
    if is_first:
        append(
            actor=by,
            kind=OPENED,
            subject=f"message:{found.id}",
            at=at,
            facts={"title": found.title},
            case=found.case,
            person=found.person,
        )
    return found


@transaction.atomic
def mail_messages(*, at: datetime) -> int:
    """Hand over what has not been mailed yet, but no digests; return how many."""
    messages = list(_to_mail(is_digest=False, at=at)[:_MOST_MAILED])
    for message in messages:
        _deliver(message, _letter(message), at=at)
    Message.objects.filter(pk__in=[each.pk for each in messages]).update(mailed_at=at)
    return len(messages)


@transaction.atomic
def mail_digests(*, at: datetime) -> int:
    """Hand over one mail a recipient with everything gathered since the last; return how many."""
    messages_to_mail = list(_to_mail(is_digest=True, at=at))
    gathered: dict[tuple[str, str], list[Message]] = defaultdict(list)
    for message in messages_to_mail:
        gathered[message.person, message.post].append(message)
    for messages in gathered.values():
        _deliver(messages[0], _digest(messages), at=at)
    Message.objects.filter(pk__in=[each.pk for each in messages_to_mail]).update(mailed_at=at)
    return len(gathered)


def _to_mail(*, is_digest: bool, at: datetime) -> QuerySet[Message]:
    """Return what still waits to leave; without a way out nothing does, nor after two days."""
    rows = Message.objects.select_for_update(skip_locked=True).filter(
        mailed_at__isnull=True, is_digest=is_digest, sent_at__gt=at - MAILED_WITHIN
    )
    return rows.order_by("pk") if _mail else rows.none()


def _send_about(
    template: MessageTemplate, entry: Entry, *, person: str, post: str, at: datetime
) -> bool:
    message, is_new = Message.objects.get_or_create(
        entry=entry.id,
        template=template.key,
        person=person,
        post=post,
        defaults={
            **_words(template, entry),
            "link": fill(template.link, entry)[:300],
            "case": entry.case,
            "is_digest": template.digest,
            "sent_at": at,
        },
    )
    if is_new:
        _note_sent(message, by=_BY, at=at)
    return is_new


def _words(template: MessageTemplate, entry: Entry) -> dict[str, str]:
    """Return a message in both languages; no English where the city does not say all of it so."""
    english = list_english()
    title_en, body_en = (translated(text, english) for text in (template.title, template.body))
    words = {"title": fill(template.title, entry)[:200], "body": fill(template.body, entry)}
    if title_en and body_en:
        with override("en"):
            words["title_en"] = fill(title_en, entry, say=say_words)[:300]
            words["body_en"] = fill(body_en, entry, say=say_words)
    return words


def _note_sent(message: Message, *, by: Actor, at: datetime) -> None:
    append(
        actor=by,
        kind=SENT,
        subject=f"message:{message.public_id}",
        at=at,
        facts={
            "title": message.title,
            "template": message.template,
            "post": message.post,
            "about": str(message.entry or ""),
        },
        case=message.case,
        person=message.person,
    )


def _letter(message: Message) -> Letter:
    return Letter(message.title, message.body, message.title_en, message.body_en)


def _digest(messages: list[Message]) -> Letter:
    """Return one letter that lists the titles of several messages."""
    titles, count = {}, len(messages)
    for language in ("zh-hans", "en"):
        with override(language):
            titles[language] = ngettext("{count} 条待办提醒", "{count} 条待办提醒", count)
    return Letter(
        titles["zh-hans"].format(count=count),
        "\n".join(f"· {each.title}" for each in messages),
        titles["en"].format(count=count),
        "\n".join(f"· {each.title_en or each.title}" for each in messages),
    )


def _deliver(message: Message, letter: Letter, *, at: datetime) -> None:
    for port in _mail:
        for account in _addressees(message, at=at):
            title, body = letter.said_to(account.locale)
            port.deliver(to=account.username, name=account.display_name, title=title, body=body)


def _addressees(message: Message, *, at: datetime) -> tuple[AccountRow, ...]:
    if message.person:
        account = get_account_of_person(message.person)
        return (account,) if account else ()
    return list_colleagues(message.post, at=at)
