"""How far the subscriptions have come, and what they are stuck on."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max

from shuzheng.infrastructure.journal import models
from shuzheng.infrastructure.journal.rules import Subscription, declared_subscriptions


@dataclass(frozen=True, slots=True)
class StuckDelivery:
    """An entry whose handler failed; `due_at` is the next attempt, None means parked.

    `behind` counts the later entries of the same subject that wait for it.
    """

    subscription: str
    number: int
    kind: str
    subject: str
    attempts: int
    failed_at: datetime | None
    due_at: datetime | None
    error: str
    behind: int


@dataclass(frozen=True, slots=True)
class SubscriptionState:
    """How many numbered entries a subscription has still to look at, and what is set aside."""

    subscription: str
    position: int
    lag: int
    set_aside: int


def list_parked_deliveries() -> tuple[StuckDelivery, ...]:
    """Return what is parked until somebody retries or skips it, oldest first."""
    return _list_stuck(due_at=None)


def list_failed_deliveries() -> tuple[StuckDelivery, ...]:
    """Return everything that failed and is not done: parked, or waiting for its next attempt."""
    return _list_stuck()


def list_subscription_states() -> tuple[SubscriptionState, ...]:
    """Return how far each declared subscription has come."""
    head = get_head_number()
    positions = dict(models.Position.objects.values_list("subscription", "number"))
    return tuple(
        SubscriptionState(
            each.name,
            positions.get(each.name, 0),
            head - positions.get(each.name, 0),
            models.Delivery.objects.filter(subscription=each.name).count(),
        )
        for each in declared_subscriptions()
    )


def list_subscriptions_behind(*, at: datetime) -> tuple[Subscription, ...]:
    """Return the subscriptions that have something to do at this moment."""
    head = get_head_number()
    positions = dict(models.Position.objects.values_list("subscription", "number"))
    due = models.Delivery.objects.filter(due_at__lte=at)
    waiting = set(due.values_list("subscription", flat=True).distinct())
    return tuple(
        each
        for each in declared_subscriptions()
        if positions.get(each.name, 0) < head or each.name in waiting
    )


def get_head_number() -> int:
    """Return the number of the last numbered entry, 0 before the first."""
    head: int | None = models.Entry.objects.aggregate(head=Max("number"))["head"]
    return head or 0


def _list_stuck(**conditions: object) -> tuple[StuckDelivery, ...]:
    rows = models.Delivery.objects.filter(attempts__gt=0, **conditions).order_by("number")
    return tuple(_stuck(row) for row in rows)


def _stuck(row: models.Delivery) -> StuckDelivery:
    behind = models.Delivery.objects.filter(
        subscription=row.subscription, subject=row.subject, number__gt=row.number
    )
    return StuckDelivery(
        subscription=row.subscription,
        number=row.number,
        kind=models.Entry.objects.values_list("kind", flat=True).get(number=row.number),
        subject=row.subject,
        attempts=row.attempts,
        failed_at=row.failed_at,
        due_at=row.due_at,
        error=row.error,
        behind=behind.count(),
    )
