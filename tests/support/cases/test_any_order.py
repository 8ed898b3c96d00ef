"""Any order of work, time, messages and failures leaves tables, flow and history in agreement."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from shuzheng.policy.refusals import Refusal
from shuzheng.support.cases import operations as cases
from shuzheng.support.cases.models import Case, ServiceRequest, Task, Timer, Wait
from shuzheng.support.cases.operations.record.access import lock_case
from shuzheng.support.cases.operations.running.flow import change_variables
from shuzheng.support.cases.queries.past import case_at
from shuzheng.support.cases.rules import TaskAlreadyDone
from shuzheng.support.workflow import rules as engine
from tests.support.cases.drawn import (
    CALL,
    ERROR,
    MESSAGE,
    ORDER,
    SIGNAL,
    boundary,
    catch,
    external,
    message,
    signal,
    timer,
    user,
)
from tests.support.cases.flows import BY, CLERK, begin, check_replay, publish
from tests.support.cases.play import AT

pytestmark = [pytest.mark.usefixtures("city"), pytest.mark.django_db]
BODY = (
    '<startEvent id="s"/><endEvent id="e"/>' + user("accept", "correct", "urge", "mend", "file")
    + '<exclusiveGateway id="g" default="g_f"/><parallelGateway id="f"/><parallelGateway id="j"/>'
    '<exclusiveGateway id="v"/>'
    '<userTask id="review" name="会签" shuzheng:duty="sign:{item}">'
    '<multiInstanceLoopCharacteristics shuzheng:collection="departments" '
    'shuzheng:output="opinions"/></userTask>'
    + boundary("late", "review", timer("timeCycle", "R2/P1D"), interrupting=False)
    + external("book") + boundary("failed", "book", '<errorEventDefinition errorRef="er"/>')
    + boundary("slow", "book", timer("timeDuration", "P3D"))
    + CALL.format("walked_child") + catch("calm", signal())
    + '<subProcess id="noted" triggeredByEvent="true">'
    f'<startEvent id="ns" isInterrupting="false" {ORDER}>{message()}</startEvent>'
    '<endEvent id="ne"/>' + user("note") + '<sequenceFlow id="n1" sourceRef="ns" targetRef="note"/>'
    '<sequenceFlow id="n2" sourceRef="note" targetRef="ne"/></subProcess>'
)  # fmt: skip
EDGES = (
    "s>accept accept>g g>correct[not(ok)] correct>accept g>f f>review f>book f>call f>calm "
    "review>j book>v failed>mend slow>mend mend>v v>j call>j calm>j j>file file>e late>urge urge>e"
)


def walked() -> int:
    """Publish the flow that is walked and the one it calls."""
    publish(
        "walked_child",
        '<startEvent id="s"/><endEvent id="e"/>'
        + user("look")
        + catch("w", timer("timeDuration", "P2D")),
        "s>look look>w w>e",
    )
    publish(
        "thunder",
        '<startEvent id="s"/><endEvent id="e">' + signal() + "</endEvent>",
        "s>e",
        head=SIGNAL,
    )
    return publish("walked", BODY, EDGES, head=MESSAGE + SIGNAL + ERROR)


class Walk(RuleBasedStateMachine):
    """One case, taken anywhere; each example in a transaction that is rolled back."""

    def __init__(self) -> None:
        super().__init__()
        self.block = transaction.atomic()
        self.block.__enter__()
        self.at = AT
        self.number = begin(walked(), ok=False, order="7", departments=["market", "fire"])
        self.done: dict[int, int] = {}
        self.seen: list[tuple[datetime, dict[str, Any]]] = []

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)

    def _later(self, **by: float) -> datetime:
        self.seen.append((self.at, self._row()))
        self.at += timedelta(seconds=1, **by)
        return self.at

    def _row(self) -> dict[str, Any]:
        case = Case.objects.get(number=self.number)
        return {"state": case.flow_state, "variables": case.variables}

    def _family(self) -> list[str]:
        found = Case.objects.filter(number__startswith=self.number)
        return list(found.values_list("number", flat=True))

    @rule(pick=st.integers(0, 5), ok=st.booleans())
    def complete(self, pick: int, ok: bool) -> None:
        found = Task.objects.filter(case__number__in=self._family(), state="open").order_by("pk")
        if found:
            task = found[pick % len(found)]
            outcome = {"ok": ok or pick > 1}
            at = self._later()
            cases.complete_task(task_id=task.pk, outcome=outcome, by=CLERK, at=at)
            self.done[task.pk] = self.done.get(task.pk, 0) + 1

    @initialize(ok=st.booleans(), acts=st.permutations(range(4)))
    def begin_well(self, ok: bool, acts: list[int]) -> None:
        """Go some way first, for a walk left to chance seldom leaves the start."""
        self.complete(0, ok=ok)
        further = (
            self.thunder,
            partial(self.report, fails=False),
            partial(self.complete, 0, ok=True),
            partial(self.let_time_pass, 1),
        )
        for act in acts if ok else ():
            further[act]()

    @rule(pick=st.integers(0, 9))
    def complete_again(self, pick: int) -> None:
        if self.done:
            task = sorted(self.done)[pick % len(self.done)]
            before = self._row()
            with pytest.raises(TaskAlreadyDone), transaction.atomic():
                cases.complete_task(task_id=task, outcome={}, by=CLERK, at=self._later())
            assert self._row() == before

    @rule(days=st.floats(0, 4))
    def let_time_pass(self, days: float) -> None:
        self._later(days=days)
        while cases.fire_timers(at=self.at):
            pass

    @rule()
    def tell(self) -> None:
        cases.send_message(
            name="papers", key="7", payload={"told": True}, by=CLERK, at=self._later()
        )

    @rule()
    def thunder(self) -> None:
        begin_thunder(self._later())
        while cases.carry_messages(at=self.at):
            pass

    @rule(fails=st.booleans())
    def report(self, fails: bool) -> None:
        asked = ServiceRequest.objects.filter(case__number=self.number, done_at=None).first()
        if asked is None:
            return
        given: dict[str, Any] = {"case_number": self.number, "token": asked.token, "by": BY}
        if fails:
            cases.fail_service(**given, error="E1", at=self._later())
        else:
            cases.complete_service(**given, result={"x": 1}, at=self._later())

    @rule(value=st.integers(0, 3))
    def change(self, value: int) -> None:
        at = self._later()
        with transaction.atomic():
            change_variables(*lock_case(self.number), {"risk": value}, by=BY, at=at)

    @rule()
    def be_refused(self) -> None:
        before = self._row()
        with pytest.raises(Refusal), transaction.atomic():
            cases.complete_service(
                case_number=self.number, token="nothing", result={}, by=BY, at=self._later()
            )
        assert self._row() == before

    @invariant()
    def tables_agree_with_the_flow(self) -> None:
        for case in Case.objects.filter(number__in=self._family()):
            state = engine.State.from_json(case.flow_state)
            if case.state == "cancelled":
                continue
            by_role: dict[str, set[str]] = {}
            for key, token in state.tokens.items():
                by_role.setdefault(token.role, set()).add(key)
            assert _tokens(Task, case, "open") == by_role.get("task", set())
            assert _tokens(Timer, case, "set") == by_role.get("timer", set())
            waits = set(Wait.objects.filter(case=case).values_list("token", flat=True))
            assert waits == by_role.get("message", set()) | by_role.get("signal", set())

    @invariant()
    def playing_again_gives_the_row(self) -> None:
        check_replay(*self._family())

    @invariant()
    def the_past_is_as_it_was_seen(self) -> None:
        for moment, row in self.seen[-3:] + self.seen[:1]:
            then = case_at(self.number, moment)
            assert {"state": then.opens.to_json(), "variables": then.variables} == row


def _tokens(model: Any, case: Case, state: str) -> set[str]:
    return set(model.objects.filter(case=case, state=state).values_list("token", flat=True))


def begin_thunder(at: datetime) -> None:
    """Let another case give the signal."""
    from shuzheng.support.workflow.queries import get_flow

    begin(get_flow("thunder").id, at=at)


def test_tables_flow_and_history_agree_whatever_happens() -> None:
    run_state_machine_as_test(
        Walk, settings=settings(max_examples=15, stateful_step_count=15, deadline=None)
    )
