"""The mailbox: of a person, or of the post an official is on."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import get_language, gettext

from shuzheng.infrastructure.access.rules import Actor
from shuzheng.infrastructure.web.operations import actor_of, page, signed_in, title_of
from shuzheng.infrastructure.web.rules import Cell, Keyset, Table
from shuzheng.support.messages.operations import open_message
from shuzheng.support.messages.queries import (
    PAGE,
    MessageRow,
    count_unread,
    list_messages,
    mailbox_of,
)


@signed_in
def show_messages(request: HttpRequest) -> HttpResponse:
    """Show the mailbox, newest first."""
    person, post = mailbox_of(actor_of(request))
    before = _moment(request.GET.get("before", ""))
    messages = list_messages(person=person, post=post, before=before)
    following = messages[-1].sent_at.isoformat() if len(messages) == PAGE else ""
    context = {
        "table": _table(messages),
        "keyset": Keyset(next=following, parameter="before"),
        "unread": count_unread(person=person, post=post),
        "is_of_post": bool(post),
    }
    return page(request, "messages/messages.html", context)


@signed_in
def show_message(request: HttpRequest, message: UUID) -> HttpResponse:
    """Open one message; it is read from then on."""
    found = open_message(message=message, by=actor_of(request), at=timezone.now())
    context = {"message": found, "body": _body(found)}
    return page(request, "messages/message.html", context)


def _body(message: MessageRow) -> str:
    """Return the text in the reader's language, as it was sent."""
    return (message.body_en if get_language() == "en" else "") or message.body


def _moment(text: str) -> datetime | None:
    """Return the moment where the next page begins; what is none begins with the newest."""
    try:
        found = parse_datetime(text)
        return None if found is None or timezone.is_naive(found) else found.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def messages(request: HttpRequest) -> dict[str, Any]:
    """Tell every page how many messages wait; counted only where it is shown."""
    return {"unread_messages": lambda: _count(actor_of(request))}


def _count(actor: Actor) -> int:
    person, post = mailbox_of(actor)
    return count_unread(person=person, post=post)


def _table(found: tuple[MessageRow, ...]) -> Table:
    return Table(
        gettext("消息"),
        (gettext("标题"), gettext("办件"), gettext("时间"), gettext("状态")),
        [
            [
                Cell(title_of(each), href=f"/messages/{each.id}/"),
                Cell(each.case),
                Cell(each.sent_at),
                Cell(gettext("已读"), tag="grey")
                if each.read_at
                else Cell(gettext("未读"), tag="blue"),
            ]
            for each in found
        ],
        empty=gettext("还没有消息。办件有进展时，会在这里告诉您。"),
        caption_hidden=True,
    )


app_name = "messages"
urlpatterns = [
    path("messages/", show_messages, name="list"),
    path("messages/<uuid:message>/", show_message, name="message"),
]
