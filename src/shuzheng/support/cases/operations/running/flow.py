"""The run of a case's flow: events in, what the flow asks for carried out, the step kept."""

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from shuzheng.infrastructure.access.rules import Actor
from shuzheng.infrastructure.content.queries import one_version
from shuzheng.infrastructure.journal.operations import NewEntry, append_all
from shuzheng.support.cases.models import Case
from shuzheng.support.cases.operations.record import keeping
from shuzheng.support.cases.operations.record.keeping import Part, write
from shuzheng.support.cases.operations.record.notes import entry_of
from shuzheng.support.cases.operations.running import effects, members, messages
from shuzheng.support.cases.operations.running.agenda import Agenda
from shuzheng.support.cases.rules.flow_entries import ENDED_IN_ERROR, ESCALATED
from shuzheng.support.cases.rules.flow_refusals import FlowEffectUnknown
from shuzheng.support.cases.rules.history import START, told
from shuzheng.support.cases.rules.states import ENDS, State
from shuzheng.support.workflow import queries as flows
from shuzheng.support.workflow import rules as engine

EVENTS_AT_ONCE = 1_000
"""A flow that causes more events than this in one transaction is taken to go round for ever."""


@dataclass
class Run:
    """One run of one case's flow inside one transaction, from one event to the next rest."""

    case: Case
    root: Case
    by: Actor
    at: datetime
    fired: dict[str, datetime] = field(default_factory=dict)
    notes: list[NewEntry] = field(default_factory=list)
    writes: list[Part] = field(default_factory=list)
    upward: list[engine.Event] = field(default_factory=list)
    ended: engine.Ended | None = None

    def __post_init__(self) -> None:
        self.flow = flows.get_flow_version(self.case.flow_id).flow
        stored = self.case.flow_state
        self.state = engine.State.from_json(stored) if stored else engine.State()
        self.known: Mapping[str, Any] = (self.case.loaded or {}).get("variables", {})
        self.awaited = engine.awaited(self.state)
        self.told: list[dict[str, Any]] = []
        self.caused: deque[Any] = deque()
        self.agenda = Agenda(self.case, self.by, self.at, self.fired)

    def start(self, element: str = "") -> None:
        """Start the flow, at the start event whose turn it is, and go on until it rests."""
        snapshot = {"state": None, "variables": self.case.variables}
        self.told.append({"e": [START, element]})
        self.known = self.case.variables
        self._take(engine.start(self.flow, variables=self.case.variables, element=element))
        self._settle()
        self._keep(snapshot)

    def proceed(self, *events: engine.Event) -> None:
        """Take what happened outside and go on until the flow rests.

        Raises:
            WorkflowRefusal: the flow does not wait for it, or cannot go on with these variables.
        """
        for event in events:
            self._tell(event)
            self._settle()
        self._keep(None)

    def hear(self, events: Sequence[engine.Event]) -> None:
        """Take what comes from a child or the clock; what the flow has left behind is passed by."""
        self.caused += events
        self._settle()
        self._keep(None)

    def change(self) -> None:
        """Let the flow look at changed variables: conditional events may come."""
        if not self.state.is_ended and self.case.flow_state:
            self._tell(engine.VariablesChanged())
            self._settle()
        self._keep(None)

    def transfer(self, reached: engine.Advance) -> None:
        """Go on from where the case stands under the version it has now; the whole is kept."""
        variables = {**self.case.variables, **reached.variables}
        snapshot = {"state": reached.state.to_json(), "variables": variables}
        self._take(reached)
        self._settle()
        self._keep(snapshot)

    def _settle(self) -> None:
        element = ""
        for _ in range(EVENTS_AT_ONCE):
            if not self.caused or self.ended:
                return
            event = self.caused.popleft()
            token = self.state.tokens.get(event.token)
            if token is not None:
                element = token.element
                self._tell(event)
        raise engine.FlowNeverRests(element=element)

    def _tell(self, event: engine.Event) -> None:
        variables = self.case.variables
        self.told.append(told(event, before=self.known, now=variables))
        self.known = variables
        self._take(engine.advance(self.flow, self.state, event, variables=variables))

    def _take(self, advance: engine.Advance) -> None:
        self.state = advance.state
        if advance.taken:
            self.told[-1]["t"] = list(advance.taken)
        if advance.variables:
            self.case.variables = {**self.case.variables, **advance.variables}
            self.known = {**self.known, **advance.variables}
        for effect in advance.effects:
            self._carry_out(effect)

    def _carry_out(self, effect: engine.Effect) -> None:
        match effect:
            case engine.OpenTask() | engine.CloseTask() | engine.CancelTimer():
                self.agenda.add(effect)
            case engine.SetTimer():
                self.caused += self.agenda.set_timer(effect)
            case engine.RunDecision() | engine.CallService() | engine.StartChild():
                self._work(effect)
            case engine.CancelChild(token=token):
                members.cancel(self.case, token, by=self.by, at=self.at)
            case engine.ThrowMessage() | engine.ThrowSignal():
                self.notes.append(messages.throw(self.case, effect, by=self.by, at=self.at))
            case engine.ThrowEscalation(name=code, element=element):
                self._escalate(code, element)
            case engine.Ended():
                self._end(effect)
            case _:
                raise FlowEffectUnknown(effect=type(effect).__name__, number=self.case.number)

    def _work(self, effect: engine.RunDecision | engine.CallService | engine.StartChild) -> None:
        match effect:
            case engine.RunDecision(token=token, element=element):
                value, made = effects.decide(self.case, effect, by=self.by, at=self.at)
                self.notes.append(made)
                self.caused.append(engine.DecisionMade(token, self._named(element, value)))
            case engine.CallService(token=token, element=element):
                result = self._call(effect)
                if result is not None:
                    self.caused.append(engine.ServiceCompleted(token, self._named(element, result)))
            case engine.StartChild():
                self.caused += self._start_member(effect)

    def _named(self, element: str, value: Any) -> Any:
        """Return a result as the flow keeps it: under the name drawn, or that of the element."""
        return value if self.flow.nodes[element].result else {element: value}

    def _call(self, effect: engine.CallService) -> Mapping[str, Any] | None:
        from shuzheng.support.cases.operations.running import steps

        self._write_known()
        return steps.perform(self.case, self.root, effect, by=self.by, at=self.at)

    def _start_member(self, effect: engine.StartChild) -> list[engine.Event]:
        self._write_known()
        member = members.create_member(self.case, self.root, effect, by=self.by, at=self.at)
        keeping.remember(member)
        run = Run(member, self.root, self.by, self.at)
        run.start()
        return run.upward

    def _escalate(self, code: str, element: str) -> None:
        if self.case.root_token:
            self.upward.append(engine.EscalationRaised(self.case.root_token, code))
            return
        facts = {"code": code, "element": element}
        self.notes.append(entry_of(ESCALATED, self.case, by=self.by, at=self.at, **facts))

    def _end(self, ended: engine.Ended) -> None:
        self.ended = ended
        if ended.result == "error":
            facts = {"code": ended.code, "element": ended.element}
            self.notes.append(entry_of(ENDED_IN_ERROR, self.case, by=self.by, at=self.at, **facts))
        if self.case.root_token:
            self.upward.append(members.ended(self.case, ended))

    def _keep(self, snapshot: Mapping[str, Any] | None) -> None:
        """Write all that the run led to."""
        case, by, at = self.case, self.by, self.at
        tasks = self.agenda.tasks()
        rest = told(None, before=self.known, now=case.variables)
        if rest:
            self.told.append(rest)
        case.flow_state = self.state.to_json()
        parts = [
            *self.writes,
            *self.agenda.parts(),
            *messages.waits_kept(
                case, self.flow, self.state, variables=case.variables, known=self.awaited
            ),
            *keeping.step_kept(case, self.told, snapshot=snapshot, by=by, at=at),
        ]
        write(parts, tasks)
        keeping.remember(case)
        self.notes += [effects.task_opened(case, task, by=by, at=at) for task in tasks]
        self._write_notes()

    def _write_known(self) -> None:
        """Write what is known, for other code will read the tables and append to the journal."""
        if self.writes:
            write(self.writes)
            self.writes.clear()
        self._write_notes()

    def _write_notes(self) -> None:
        append_all(self.notes)
        self.notes.clear()


@one_version()
def proceed(
    root: Case,
    case: Case,
    *events: engine.Event,
    notes: Sequence[NewEntry] = (),
    writes: Sequence[Part] = (),
    fired: Mapping[str, datetime] | None = None,
    by: Actor,
    at: datetime,
) -> None:
    """Let the flow of a locked case take an event; what it says upward moves the case above.

    Args:
        notes: what led to it, journalled before what follows from it.
        writes: what led to it, written with what follows from it.
        fired: the moments for which timers fire, by token.
    """
    run = Run(case, root, by, at, dict(fired or {}), list(notes), list(writes))
    run.proceed(*events)
    _tell_parent(run)


@one_version()
def change_variables(
    root: Case, case: Case, changes: Mapping[str, Any], *, by: Actor, at: datetime
) -> None:
    """Change variables of a locked case outside its flow: kept in its history, and looked at."""
    case.variables = {**case.variables, **changes}
    run = Run(case, root, by, at)
    run.change()
    _tell_parent(run)


@one_version()
def transfer(
    root: Case,
    case: Case,
    reached: engine.Advance,
    *,
    notes: Sequence[NewEntry] = (),
    by: Actor,
    at: datetime,
) -> None:
    """Let a locked case go on under the version it has been given, from the state reached there."""
    run = Run(case, root, by, at, notes=list(notes))
    run.transfer(reached)
    _tell_parent(run)


def _tell_parent(run: Run) -> None:
    """A parent that has ended stays as it is, though a ruling made before still takes effect."""
    if not run.upward:
        return
    parent = members.parent_of(run.case, run.root)
    if State(parent.state) in ENDS:
        return
    above = Run(parent, run.root, run.by, run.at)
    above.hear(run.upward)
    _tell_parent(above)
