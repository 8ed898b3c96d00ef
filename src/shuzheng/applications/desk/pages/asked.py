"""What waits for one's word beside the tasks: recusals to decide, visits to confirm."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext

from shuzheng.infrastructure.access.rules import Actor
from shuzheng.infrastructure.web.rules import Link
from shuzheng.support.cases.queries.recusal import (
    list_recusals_to_decide,
    list_visits_to_confirm,
)
from shuzheng.support.cases.rules.recusal import DECIDE_RECUSAL
from shuzheng.support.cases.rules.two_persons import CONFIRM_VISIT


def asked_of(actor: Actor) -> Iterator[Link]:
    """Yield what somebody waits for, each opening where it is answered."""
    if actor.may(DECIDE_RECUSAL):
        for row in list_recusals_to_decide(post=actor.post, account=actor.account):
            words = gettext("{name}的回避申请，办件 {number}")
            address = reverse("desk:recusals")
            yield Link(words.format(name=row.name, number=row.number), address)
    if actor.may(CONFIRM_VISIT):
        for visit in list_visits_to_confirm(department=actor.department, account=actor.account):
            words = gettext("确认 {day} 的现场核查，办件 {number}（{name}记录）")
            day, address = visit.visited_on.isoformat(), reverse("desk:case", args=[visit.number])
            said = words.format(day=day, number=visit.number, name=visit.recorded_name)
            yield Link(said, address)
