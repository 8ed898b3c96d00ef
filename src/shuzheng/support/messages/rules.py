"""Who is told what when something happens: templates over journal entries, in the city's words."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from string import Formatter
from typing import Any, Protocol

from shuzheng.infrastructure.content.rules import ContentModel
from shuzheng.infrastructure.journal.rules import Entry, declare_entry_kind
from shuzheng.policy.refusals import Invalid, NotFound, Refusal, gettext_noop

FOLLOWED_KINDS = (
    "case.drafted",
    "case.submitted",
    "case.correction_asked",
    "case.accepted",
    "case.accepted_conditionally",
    "case.to_follow_met",
    "case.acceptance_revoked",
    "case.not_accepted",
    "case.deemed_withdrawn",
    "case.withdrawn",
    "case.visit_planned",
    "case.suspended",
    "case.resumed",
    "case.extension_asked",
    "case.extended",
    "case.extension_refused",
    "case.ruled",
    "case.delivered",
    "case.hearing_told",
    "case.hearing_asked",
    "case.hearing_order_asked",
    "case.hearing_ordered",
    "case.hearing_order_refused",
    "case.hearing_announced",
    "case.hearing_held",
    "case.commitment_met",
    "case.rectification_ordered",
    "case.grant_revoked",
    "case.commitment_bar_lifted",
    "case.overdue",
    "case.service_refused",
    "case.handed_over",
    "task.opened",
    "task.taken_over",
    "task.given_back",
    "task.reassigned",
    "task.freed",
    "task.post_vacant",
    "task.near_limit",
    "opinion.given",
    "visit.to_confirm",
    "recusal.asked",
    "recusal.decided",
    "acting.named",
    "acting.ended",
    "account.code_issued",
    "account.code_used",
    "licence.issued",
    "licence.corrected",
    "licence.renewal_due",
    "licence.withdrawn",
    "licence.revoked",
    "licence.forfeited",
    "licence.cancelled",
    "collection.endings_held",
    "register.difference_reported",
    "register.difference_decided",
    "register.objection_raised",
    "register.objection_answered",
    "decision.draft_sent",
    "decision.draft_reviewed",
    "decision.published",
)
"""What messages can be sent about; content chooses among these."""

SENT = declare_entry_kind(
    "message.sent", "发送了消息", facts=("title", "template", "post", "about")
)
OPENED = declare_entry_kind("message.opened", "打开了消息", facts=("title",))

APPLICANT = "applicant"
_STOPS = re.compile(r"([。！？；])[。；，.]+")
"""Reasons are written as sentences: their own stop is kept, the text's after it is not."""
_HAN = re.compile(r"[\u3400-\u9fff]")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


class MessageTemplate(ContentModel):
    """What is said when an entry of a kind is written.

    Attributes:
        on: kind of the journal entry.
        when: facts the entry must have for this template; empty for all.
        unless: facts with which it says nothing, because another message does.
        to: `applicant` (the entry's person), `post:<code>`, or `fact:<name>` (it holds a post, or a
            list of posts).
        title, body, link: with the entry's facts in braces; days are written out.
        digest: kept out of the mail of the moment and gathered once a day.
    """

    key: str
    on: str
    to: str
    title: str
    body: str
    link: str = ""
    when: dict[str, str | bool | int] = {}
    unless: dict[str, str | bool | int] = {}
    digest: bool = False


@dataclass(frozen=True, slots=True)
class Letter:
    """What leaves the house, in both languages; the English is empty where there is none."""

    title: str
    body: str
    title_en: str = ""
    body_en: str = ""

    def said_to(self, language: str) -> tuple[str, str]:
        r"""Return title and body in a language, or in both where nobody chose one.

        >>> Letter("已受理", "请放心。", "Accepted", "All is well.").said_to("")
        ('已受理 / Accepted', '请放心。\n\nAll is well.')
        """
        if not self.title_en or language.startswith("zh"):
            return self.title, self.body
        if language == "en":
            return self.title_en, self.body_en
        return f"{self.title} / {self.title_en}", f"{self.body}\n\n{self.body_en}"


class MailPort(Protocol):
    """A way out of the house: a folder in demonstration, a gateway for mail or text in a city."""

    def deliver(self, *, to: str, name: str, title: str, body: str) -> None:
        """Hand one message over; `to` is the account's user name or the post's code."""
        ...


class MessageRefusal(Refusal):
    """Base of everything this room refuses."""


class NoSuchMessage(MessageRefusal, NotFound):
    """No such message, or it is somebody else's."""

    code = "no-such-message"
    template = gettext_noop("没有这条消息。")


class NobodyToTell(MessageRefusal, Invalid):
    """A message has one recipient: a person or a post."""

    code = "nobody-to-tell"
    template = gettext_noop("消息须有且只有一个收件人：本人或岗位。")


def fits(template: MessageTemplate, entry: Entry) -> bool:
    """Say whether the template speaks about this entry."""
    is_meant = all(entry.facts.get(name) == value for name, value in template.when.items())
    is_said = any(entry.facts.get(name) == value for name, value in template.unless.items())
    return template.on == entry.kind and is_meant and not is_said


def recipients(template: MessageTemplate, entry: Entry) -> tuple[tuple[str, str], ...]:
    """Return the person, or the posts, to tell as pairs of person and post, one of them empty."""
    if template.to == APPLICANT:
        return ((entry.person, ""),) if entry.person else ()
    kind, _, name = template.to.partition(":")
    fact = name if kind == "post" else entry.facts.get(name)
    posts = fact if isinstance(fact, list) else [fact]
    return tuple(("", str(post)) for post in posts if post)


def fill(text: str, entry: Entry, *, say: Callable[[str], str] | None = None) -> str:
    """Put the entry's facts into a text; what the entry does not have stays empty.

    Args:
        say: how a fact is said; in Chinese days become words: `2026-12-03` is `2026年12月3日`.
    """
    filled = Formatter().vformat(text, (), _Facts(entry, say or _say)).strip()
    return _STOPS.sub(r"\1", filled)


def sentences_of(template: MessageTemplate) -> Iterator[str]:
    """Yield what is to be said in another language too: the title, and the body line by line."""
    lines = (template.title, *template.body.splitlines())
    yield from (line.strip() for line in lines if _HAN.search(line))


def translated(text: str, said: Mapping[str, str]) -> str:
    r"""Return a template's text line by line in another language, empty unless all of it is known.

    >>> translated("已办结。\n{remedies}", {"已办结。": "Done."})
    'Done.\n{remedies}'
    """
    lines = [line.strip() for line in text.strip().splitlines()]
    if not all(line in said for line in lines if _HAN.search(line)):
        return ""
    return "\n".join(said.get(line, line) for line in lines)


def names_in(text: str) -> tuple[str, ...]:
    """Return the facts a text names, in order.

    >>> names_in("办件 {number} 于 {due_on} 到期")
    ('number', 'due_on')
    """
    return tuple(name for _, name, _, _ in Formatter().parse(text) if name)


def say_day(text: str) -> str:
    """Write an ISO day in words.

    >>> say_day("2026-12-03")
    '2026年12月3日'
    """
    day = date.fromisoformat(text)
    return f"{day.year}年{day.month}月{day.day}日"


def _say(text: str) -> str:
    return say_day(text) if _DATE.fullmatch(text) else text


class _Facts(Mapping[str, Any]):
    """An entry's facts and case as words; anything else is empty."""

    def __init__(self, entry: Entry, say: Callable[[str], str]) -> None:
        self._facts = {"number": entry.case, "case": entry.case, **entry.facts}
        self._say = say

    def __getitem__(self, name: str) -> str:
        value = self._facts.get(name)
        return "" if value is None else self._say(str(value))

    def __iter__(self) -> Any:
        return iter(self._facts)

    def __len__(self) -> int:
        return len(self._facts)
