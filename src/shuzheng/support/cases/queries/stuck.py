"""Cases whose flow cannot go on by itself, and why: what nobody has on a desk would lie unseen."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain, islice

from django.db.models import Exists, OuterRef, Q, QuerySet

from shuzheng.policy.refusals import Sentence, gettext_noop
from shuzheng.support.cases.models import (
    Case,
    FlowMessage,
    MigratingCase,
    ServiceRequest,
    Timer,
    Wait,
)
from shuzheng.support.cases.rules.migrations import MOVED
from shuzheng.support.matters.queries import get_revision

UNANSWERED_AFTER = timedelta(minutes=10)
"""Rooms of this house answer within seconds; work that failed in the worker is never answered."""
SYSTEMS_OUTSIDE = "external."


@dataclass(frozen=True, slots=True)
class StuckCase:
    """A case that cannot go on by itself: since when, and why in no language yet."""

    number: str
    title: str
    title_en: str
    since: datetime
    sentence: Sentence


def list_stuck(root: str, *, at: datetime) -> tuple[StuckCase, ...]:
    """Return what does not go on in a bundle and its members."""
    family = Case.objects.filter(Q(number=root) | Q(root__number=root))
    return tuple(_stuck(family, at))


def list_stuck_after(migration: int, *, at: datetime, limit: int = 50) -> tuple[StuckCase, ...]:
    """Return the cases that a migration has moved and that do not go on."""
    moved = MigratingCase.objects.filter(migration=migration, state=MOVED).values("case")
    return tuple(islice(_stuck(Case.objects.filter(pk__in=moved), at), limit))


def _stuck(cases: QuerySet[Case], at: datetime) -> Iterator[StuckCase]:
    running = cases.filter(closed_at=None).order_by()
    return chain(_unanswered(running, at), _late(running), _unheard(running))


def _unanswered(running: QuerySet[Case], at: datetime) -> Iterator[StuckCase]:
    asked = ServiceRequest.objects.filter(
        case__in=running.values("pk"),
        done_at=None,
        is_awaited=True,
        requested_at__lte=at - UNANSWERED_AFTER,
    ).exclude(operation__startswith=SYSTEMS_OUTSIDE)
    rows = asked.select_related("case").defer("payload_encrypted", "case__form_encrypted")
    for row in rows.order_by("pk"):
        said = Sentence("refused", row.refusal.replace("{", "{{").replace("}", "}}"))
        unsaid = Sentence("unanswered", gettext_noop("系统没有做成交办的工作，流程停在这里。"))
        yield _told(row.case, row.requested_at, said if row.refusal else unsaid)


def _late(running: QuerySet[Case]) -> Iterator[StuckCase]:
    timers = Timer.objects.filter(case__in=running.values("pk"), state="set", attempts__gt=0)
    for row in timers.select_related("case").order_by("pk"):
        late = Sentence("timer", gettext_noop("期限已到，流程却没能转到下一步；系统会再试。"))
        yield _told(row.case, row.fire_at, late)


def _unheard(running: QuerySet[Case]) -> Iterator[StuckCase]:
    """Tell who waits for a message that came and could not be taken."""
    messages = FlowMessage.objects.filter(
        state="sent",
        attempts__gt=0,
        kind=OuterRef("kind"),
        name=OuterRef("name"),
        key=OuterRef("key"),
    )
    waits = Wait.objects.filter(Exists(messages), case__in=running.values("pk")).select_related(
        "case"
    )
    for row in waits.order_by("pk"):
        first = FlowMessage.objects.filter(kind=row.kind, name=row.name, key=row.key, state="sent")
        sent_at = first.order_by("pk").values_list("sent_at", flat=True)[0]
        unheard = Sentence("message", gettext_noop("消息已到，流程却没能转到下一步；系统会再试。"))
        yield _told(row.case, sent_at, unheard)


def _told(case: Case, since: datetime, sentence: Sentence) -> StuckCase:
    english = get_revision(case.revision_id).title_en
    return StuckCase(case.number, case.title, english, since, sentence)
