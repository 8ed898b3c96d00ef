"""The run of a case's flow: engine steps in, tasks, timers, decisions, members and services out."""

import logging
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from shuzheng.infrastructure.access.rules import Actor, system
from shuzheng.policy.refusals import Conflict, Refusal
from shuzheng.support.cases.models import Case, ServiceRequest, Timer
from shuzheng.support.cases.operations import effects
from shuzheng.support.cases.operations.access import lock_case
from shuzheng.support.cases.operations.notes import note
from shuzheng.support.cases.rules import SERVICE_DONE, CaseNotFound
from shuzheng.support.cases.rules.states import ENDS, State
from shuzheng.support.workflow import queries as flows
from shuzheng.support.workflow import rules as engine

_log = logging.getLogger(__name__)


@dataclass
class Run:
    """One run of one case's flow inside one transaction, from one event to the next rest."""

    case: Case
    root: Case
    by: Actor
    at: datetime
    events: deque[engine.Event] = field(default_factory=deque)
    ended: bool = False

    def start(self) -> None:
        """Start the flow and go on until it rests."""
        flow = flows.get_flow_version(self.case.flow_id).flow
        self._take(engine.start(flow, variables=self.case.variables))
        self._drain()

    def proceed(self, event: engine.Event) -> None:
        """Take one event and go on until the flow rests."""
        self.events.append(event)
        self._drain()

    def _drain(self) -> None:
        flow = flows.get_flow_version(self.case.flow_id).flow
        while self.events and not self.ended:
            state = engine.State.from_json(self.case.flow_state)
            event = self.events.popleft()
            self._take(engine.advance(flow, state, event, variables=self.case.variables))
        self.case.save()

    def _take(self, advance: engine.Advance) -> None:
        self.case.flow_state = advance.state.to_json()
        self.case.variables = {**self.case.variables, **advance.variables}
        for effect in advance.effects:
            self._carry_out(effect)

    def _carry_out(self, effect: engine.Effect) -> None:
        if effects.write_down(self.case, effect, by=self.by, at=self.at):
            return
        match effect:
            case engine.RunDecision():
                self._decide(effect)
            case engine.CallService():
                self._call(effect)
            case engine.StartChild():
                self._start_member(effect)
            case engine.Ended():
                self.ended = True
            case _:
                raise FlowEffectUnknown(effect=type(effect).__name__, number=self.case.number)

    def _decide(self, effect: engine.RunDecision) -> None:
        value = effects.decide(self.case, effect, by=self.by, at=self.at)
        self.events.append(engine.DecisionMade(effect.token, {effect.element: value}))

    def _call(self, effect: engine.CallService) -> None:
        from shuzheng.support.cases.operations import steps

        result = steps.perform(self.case, self.root, effect, by=self.by, at=self.at)
        if result is not None:
            self.events.append(engine.ServiceCompleted(effect.token, {effect.element: result}))

    def _start_member(self, effect: engine.StartChild) -> None:
        member = effects.create_member(self.case, effect, by=self.by, at=self.at)
        run = Run(member, self.case, self.by, self.at)
        run.start()
        if run.ended:
            self.events.append(member_ended(member))


class FlowEffectUnknown(Conflict):
    """The flow asks for something that cases do not carry out; content is at fault."""

    code = "flow-effect-unknown"
    template = "流程要求了办件 {number} 无法执行的动作 {effect}。"


def member_ended(member: Case) -> engine.ChildEnded:
    """Return what a member's end tells the flow of its bundle."""
    ruling = getattr(member, "ruling", None)
    result = {f"{member.matter}_is_granted": bool(ruling and ruling.is_granted)}
    return engine.ChildEnded(token=member.root_token, result=result)


def proceed(root: Case, case: Case, event: engine.Event, *, by: Actor, at: datetime) -> None:
    """Let the flow of a case take an event; a member that ends moves its bundle on.

    A bundle that was withdrawn stays where it is, though a ruling made before still takes effect.
    """
    run = Run(case, root, by, at)
    run.proceed(event)
    if run.ended and case.pk != root.pk and State(root.state) not in ENDS:
        Run(root, root, by, at).proceed(member_ended(case))


@transaction.atomic
def complete_service(
    *, case_number: str, token: str, result: Mapping[str, Any], by: Actor, at: datetime
) -> None:
    """Report that the work a flow asked for is done; a second report changes nothing.

    Raises:
        CaseNotFound: there is no such request, or a person reports.
    """
    root, case = lock_case(case_number)
    request = ServiceRequest.objects.select_for_update().filter(case=case, token=token).first()
    if request is None or by.kind != "system":
        raise CaseNotFound(number=case_number)
    if request.done_at is not None:
        return
    request.done_at = at
    request.result = dict(result)
    request.save(update_fields=["done_at", "result"])
    note(SERVICE_DONE, case, by=by, at=at, operation=request.operation, token=token)
    if request.is_awaited:
        event = engine.ServiceCompleted(token=token, result={})
        proceed(root, case, event, by=by, at=at)


def fire_timers(*, at: datetime, limit: int = 100) -> int:
    """Let flows go on whose moment has come, each case in its own transaction; returns how many.

    A flow that refuses is written to the log and tried again the next time: it must not hold up
    the others.
    """
    due = Timer.objects.filter(state="set", fire_at__lte=at).order_by("fire_at")
    fired = 0
    for pk, number in due.values_list("pk", "case__number")[:limit]:
        try:
            fired += _fire(pk, number, at)
        except Refusal as refusal:
            _log.error("case %s cannot go on by its timer: %s", number, refusal)
    return fired


@transaction.atomic
def _fire(pk: int, number: str, at: datetime) -> bool:
    root, case = lock_case(number)
    changed = Timer.objects.filter(pk=pk, state="set").update(state="fired")
    if not changed:
        return False
    token = Timer.objects.values_list("token", flat=True).get(pk=pk)
    proceed(root, case, engine.TimerFired(token=token), by=system("timers"), at=at)
    return True
