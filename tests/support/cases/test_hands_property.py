"""Whatever people do with a task, in any order: one holder at most, the journal says who, and who
was recused never acts again."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shuzheng.infrastructure.access.rules import Actor
from shuzheng.infrastructure.journal.queries import list_entries_of_case
from shuzheng.infrastructure.journal.rules import Entry
from shuzheng.policy.refusals import Refusal
from shuzheng.support.cases import operations as cases
from shuzheng.support.cases.models import Recusal, Task
from tests.support.cases.play import AT, NOODLES, on_post, submitted, task, wang
from tests.support.cases.test_handing_over import account_of

pytestmark = [pytest.mark.usefixtures("city"), pytest.mark.django_db]
HANDS = {
    "task.claimed",
    "task.released",
    "task.taken_over",
    "task.given_back",
    "task.reassigned",
    "task.freed",
}
WHO = st.integers(0, 3)
MOVES = st.lists(st.tuples(st.integers(0, 7), WHO, WHO), max_size=14)
Move = Callable[[Actor, Actor, datetime], object]


def people() -> list[Actor]:
    windows = [account_of("QZ0001", "周晓岚"), account_of("QZ0002", "方以宁")]
    supervisor = on_post("service.supervisor", account_of("QZ0003", "徐文澜"))
    by_name = [
        replace(on_post("service.window", account), name=name)
        for account, name in zip(windows, ("周晓岚", "方以宁"), strict=True)
    ]
    return [*by_name, supervisor, on_post("government.leader")]


def moves(pk: int, number: str) -> list[Move]:
    why = "轮换"

    def decide(by: Actor, _: Actor, at: datetime) -> None:
        asked = Recusal.objects.filter(state="asked").order_by("pk").first()
        if asked is not None:
            cases.decide_recusal(recusal=asked.pk, is_granted=True, reasons=why, by=by, at=at)

    return [
        lambda by, _, at: cases.claim_task(task_id=pk, by=by, at=at),
        lambda by, _, at: cases.release_task(task_id=pk, by=by, at=at),
        lambda by, _, at: cases.take_over_task(task_id=pk, reasons=why, by=by, at=at),
        lambda by, _, at: cases.give_back_task(task_id=pk, reasons=why, by=by, at=at),
        lambda by, to, at: cases.reassign_task(
            task_id=pk, to=to.account, reasons=why, by=by, at=at
        ),
        lambda by, _, at: cases.ask_own_recusal(number=number, grounds=why, by=by, at=at),
        decide,
        lambda by, _, at: cases.open_case(number=number, purpose=why, by=by, at=at),
    ]


def told_holder(entries: list[Entry]) -> str:
    """Return who has the task by the journal alone."""
    holder = ""
    for entry in entries:
        if entry.kind in HANDS:
            if entry.kind == "task.claimed":
                assert holder in {"", entry.facts["holder"]}, "two hold it at once"
            holder = str(entry.facts["holder"])
    return holder


def acted_after(entries: list[Entry], since: dict[str, datetime]) -> list[str]:
    return [
        entry.kind
        for entry in entries
        if entry.actor_account in since and entry.at > since[entry.actor_account]
    ]


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(MOVES)
def test_one_holder_at_most_and_nobody_recused_acts(played: list[tuple[int, int, int]]) -> None:
    with transaction.atomic():
        _play(played)
        transaction.set_rollback(True)


def _play(played: list[tuple[int, int, int]]) -> None:
    number = submitted(wang(), NOODLES)
    pk, actors = int(task(number, "receive").pk), people()
    possible = moves(pk, number)
    for step, (move, who, whom) in enumerate(played, 1):
        try:
            with transaction.atomic():
                possible[move](actors[who], actors[whom], AT + timedelta(minutes=step))
        except Refusal:
            continue
    entries = list(list_entries_of_case(number))
    row = Task.objects.get(pk=pk)
    assert told_holder(entries) == row.claimed_by
    since = {each.account: each.decided_at for each in Recusal.objects.filter(state="granted")}
    assert acted_after(entries, since) == []
    assert row.claimed_by not in since
