"""Officials, workers, timers and messages at one case in the same moment: one outcome each."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shuzheng.infrastructure.journal.models import Entry
from shuzheng.support.cases import operations as cases
from shuzheng.support.cases.models import Case, FlowMessage, Task, Wait
from shuzheng.support.cases.rules import TaskAlreadyDone
from shuzheng.support.workflow import rules as engine
from tests.support.cases.drawn import (
    ENDS,
    MESSAGE,
    ORDER,
    SIGNAL,
    boundary,
    catch,
    message,
    signal,
    timer,
    user,
)
from tests.support.cases.flows import CLERK, begin, check_replay, open_tasks, publish
from tests.support.cases.play import AT
from tests.support.cases.test_two_at_once import at_once

pytestmark = [pytest.mark.usefixtures("city"), pytest.mark.django_db(transaction=True)]
LATER = AT + timedelta(hours=1)
KINDS = st.lists(st.sampled_from(["first", "second", "clock", "letter"]), min_size=2, max_size=4)


def contested() -> int:
    """Publish a task that can be done, run out of time or be answered by a letter: one of them."""
    body = (
        ENDS + user("t", "done", "late", "told")
        + boundary("clock", "t", timer("timeDuration", "PT1H"))
        + boundary("letter", "t", message()).replace("<boundaryEvent ", f"<boundaryEvent {ORDER} ")
    )  # fmt: skip
    return publish(
        "contested", body, "s>t t>done done>e clock>late late>e letter>told told>e", head=MESSAGE
    )


def acts_on(number: str, key: str, kinds: list[str]) -> list[Callable[[], object]]:
    task = Task.objects.get(case__number=number, state="open").pk

    def complete() -> object:
        return cases.complete_task(task_id=task, outcome={}, by=CLERK, at=LATER)

    def letter() -> object:
        return cases.send_message(name="papers", key=key, by=CLERK, at=LATER)

    def clock() -> object:
        return cases.fire_timers(at=LATER)

    made = {"first": complete, "second": complete, "clock": clock, "letter": letter}
    return [made[kind] for kind in kinds]


def test_of_all_that_happens_at_once_exactly_one_happens() -> None:
    """One test, because the database is emptied after it."""
    flow = contested()
    _walk(flow)
    _signals_meet_two_carriers()
    _messages_meet_two_carriers(flow)


def _walk(flow: int) -> None:
    serial = iter(range(10_000))

    @settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
    @given(kinds=KINDS)
    def contest(kinds: list[str]) -> None:
        key = f"order-{next(serial)}"
        number = begin(flow, order=key)
        answers = at_once(*acts_on(number, key, kinds))
        _check_one_outcome(number, key, kinds, answers)

    contest()


def _check_one_outcome(number: str, key: str, kinds: list[str], answers: list[str]) -> None:
    [outcome] = open_tasks(number)
    possible = {
        place
        for place, makes in (
            ("done", {"first", "second"}),
            ("late", {"clock"}),
            ("told", {"letter"}),
        )
        if makes & set(kinds)
    }
    assert outcome in possible
    completions = sum(kind in {"first", "second"} for kind in kinds)
    refused = [answer for answer in answers if answer != "done"]
    lost = completions - (outcome == "done")
    assert len(refused) == lost
    assert set(refused) <= {TaskAlreadyDone.code, "case-state-forbids"}
    task = Task.objects.get(case__number=number, element="t")
    assert task.state == ("done" if outcome == "done" else "cancelled")
    delivered = FlowMessage.objects.filter(key=key, state="delivered").count()
    assert delivered == (outcome == "told")
    kept = FlowMessage.objects.filter(key=key, state="kept").count()
    assert delivered + kept == kinds.count("letter")
    assert Entry.objects.filter(kind="task.opened", case=number).count() == 2
    assert not Wait.objects.filter(case__number=number).exists()
    check_replay(number)


def _signals_meet_two_carriers() -> None:
    waiting = publish("hears", ENDS + catch("w", signal()) + user("t"), "s>w w>t t>e", head=SIGNAL)
    calling = publish(
        "calls", f'<startEvent id="s"/><endEvent id="e">{signal()}</endEvent>', "s>e", head=SIGNAL
    )
    numbers = [begin(waiting) for _ in range(6)]
    begin(calling)

    def carry() -> object:
        return cases.carry_messages(at=AT)

    assert at_once(carry, carry, carry) == ["done"] * 3
    while cases.carry_messages(at=AT):
        pass
    assert [open_tasks(number) for number in numbers] == [["t"]] * 6
    heard = Entry.objects.filter(kind="flow.message_delivered", case__in=numbers)
    assert heard.count() == 6
    check_replay(*numbers)


def _messages_meet_two_carriers(flow: int) -> None:
    number = begin(flow, order="twice")
    sending = publish(
        "sends", ENDS + f'<sendTask id="x" messageRef="m" {ORDER}/>', "s>x x>e", head=MESSAGE
    )
    for _ in range(2):
        begin(sending, order="twice")

    def carry() -> object:
        return cases.carry_messages(at=AT)

    assert at_once(carry, carry) == ["done", "done"]
    while cases.carry_messages(at=AT):
        pass
    assert open_tasks(number) == ["told"]
    states = FlowMessage.objects.filter(key="twice").order_by("state")
    assert list(states.values_list("state", flat=True)) == ["delivered", "kept"]
    case = Case.objects.get(number=number)
    assert engine.State.from_json(case.flow_state).tokens
    check_replay(number)
