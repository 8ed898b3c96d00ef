"""Moving cases to another version, in batches: each case wholly, its locks held, or not at all."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from psycopg.types.json import Jsonb

from shuzheng.infrastructure.access.rules import Actor
from shuzheng.infrastructure.journal.operations import NewEntry, append_all
from shuzheng.policy.refusals import Refusal
from shuzheng.support.cases.models import Case, FlowMigration, Task
from shuzheng.support.cases.operations.record.notes import entry_of
from shuzheng.support.cases.operations.running.flow import transfer
from shuzheng.support.cases.queries.passages import (
    Alike,
    Stays,
    passage_between,
    renamed,
    steps_done,
    what_becomes_of,
)
from shuzheng.support.cases.rules.migrations import (
    CASE_MIGRATED,
    LEFT,
    MOVED,
    STAYS,
)
from shuzheng.support.workflow import queries as flows
from shuzheng.support.workflow import rules as engine
from shuzheng.support.workflow.rules import WorkflowRefusal
from shuzheng.support.workflow.rules.migration import (
    Migration,
    Move,
    Stay,
    stay_refused,
    stays_of,
    write_stay,
)

_SETTLE = (
    "UPDATE cases_migratingcase SET state = %s, stays = %s, settled_at = %s WHERE id = ANY(%s)"
)
_MOVE = "UPDATE cases_case SET flow_id = %s, flow_state = %s WHERE id = ANY(%s)"
_MOVE_UNBEGUN = "UPDATE cases_case SET flow_id = %s WHERE id = ANY(%s)"
_KEEP = """
    INSERT INTO cases_flowstep (case_id, flow_id, at, actor, state, told, snapshot)
    SELECT id, flow_id, %s, %s, state, '[]'::jsonb,
           jsonb_build_object('state', flow_state, 'variables', variables)
    FROM cases_case WHERE id = ANY(%s)
"""


@dataclass(frozen=True, slots=True)
class Locked:
    """A case in our hands, with what the journal says of it; ``state`` is the text of its state."""

    item: int
    id: int
    number: str
    title: str
    flow: int
    state: str | None
    is_closed: bool
    file: str
    person: str


@dataclass
class Batch:
    """What a batch found and what it does about it.

    Only a careful one can let a case stay when what is to be done for it is refused; otherwise the
    refusal ends the batch, which is then done again carefully: savepoints cost a third of a move.
    """

    migration: FlowMigration
    by: Actor
    at: datetime
    is_careful: bool = False
    settled: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    stays: list[tuple[list[int], list[dict[str, Any]]]] = field(default_factory=list)
    entries: list[NewEntry] = field(default_factory=list)

    def move(self, cases: Sequence[Locked]) -> None:
        """Settle cases whose locks we hold."""
        groups: dict[tuple[int, str | None], list[Locked]] = defaultdict(list)
        for case in cases:
            if case.is_closed or case.flow == self.migration.flow_id:
                self.settled[LEFT].append(case.item)
            else:
                groups[case.flow, case.state].append(case)
        for (flow, state), group in groups.items():
            self._move_group(flow, state, group)
        append_all(self.entries)
        self._write()

    def _move_group(self, flow: int, state: str | None, group: Sequence[Locked]) -> None:
        if state is None:
            self._execute(_MOVE_UNBEGUN, self.migration.flow_id, [case.id for case in group])
            self._moved(group, ())
            return
        found = what_becomes_of(flow, self.migration.flow_id, state)
        if isinstance(found, Stays):
            self._stay([case.item for case in group], found.stays)
        elif isinstance(found, Alike):
            self._move_alike(found, group)
        else:
            self._move_each(group)

    def _move_alike(self, found: Alike, group: Sequence[Locked]) -> None:
        """Give cases in one state the same new state; nothing is to be done for them."""
        ids = [case.id for case in group]
        self._execute(_MOVE, self.migration.flow_id, Jsonb(found.state), ids)
        self._execute(_KEEP, self.at, self.by.kind, ids)
        for token, element in found.renamed.items():
            Task.objects.filter(case__in=ids, token=token).update(element=element)
        self._moved(group, found.moves)

    def _move_each(self, group: Sequence[Locked]) -> None:
        """Move cases for which something is to be done, or which their own data decide."""
        forms = ("form_encrypted", "root__form_encrypted")
        found = Case.objects.select_related("root").defer(*forms).in_bulk([one.id for one in group])
        for locked in group:
            case = found[locked.id]
            try:
                prepared = prepare(case, self.migration.flow_id)
            except WorkflowRefusal as refusal:
                self._stay([locked.item], stays_of(refusal))
            else:
                self._carry_out(locked, case, prepared)

    def _carry_out(self, locked: Locked, case: Case, prepared: Migration) -> None:
        to, root = self.migration.flow_id, case.root or case
        if not self.is_careful:
            hand_over(root, case, to, prepared, by=self.by, at=self.at)
            self.settled[MOVED].append(locked.item)
            return
        try:
            with transaction.atomic():
                hand_over(root, case, to, prepared, by=self.by, at=self.at)
        except Refusal as refusal:
            self._stay([locked.item], (stay_refused(refusal),))
        else:
            self.settled[MOVED].append(locked.item)

    def _moved(self, group: Sequence[Locked], moves: Sequence[Move]) -> None:
        target = flows.get_flow_version(self.migration.flow_id)
        before = flows.get_flow_version(group[0].flow).version
        facts = facts_of(target, before, moves)
        for case in group:
            self.entries.append(
                NewEntry(
                    actor=self.by,
                    kind=CASE_MIGRATED,
                    subject=f"case:{case.number}",
                    at=self.at,
                    facts={"number": case.number, "matter": case.title, **facts},
                    case=case.file,
                    person=case.person,
                )
            )
            self.settled[MOVED].append(case.item)

    def _stay(self, items: list[int], stays: Sequence[Stay]) -> None:
        self.stays.append((items, [write_stay(one) for one in stays]))

    def _write(self) -> None:
        for state, items in self.settled.items():
            self._execute(_SETTLE, state, Jsonb([]), self.at, items)
        for items, told in self.stays:
            self._execute(_SETTLE, STAYS, Jsonb(told), self.at, items)

    def _execute(self, statement: str, *values: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement, values)


def facts_of(
    target: flows.FlowVersion, before: int, moves: Sequence[Move], reasons: str = ""
) -> dict[str, Any]:
    """Return what the journal says of a move; steps that stayed the same are left out."""
    told = [f"{one.element} → {one.target}（{one.why}）" for one in moves if one.code != "same"]
    facts = {
        "flow": target.title,
        "from_version": before,
        "to_version": target.version,
        "moves": told,
    }
    return {**facts, "reasons": reasons} if reasons else facts


def move_one(
    root: Case,
    case: Case,
    to: int,
    *,
    choices: Mapping[str, str] | None = None,
    reasons: str = "",
    by: Actor,
    at: datetime,
) -> None:
    """Move one locked case: version, state, tasks, timers, waits, history and journal at once.

    Raises:
        MigrationAmbiguous: it cannot be told where it belongs.
        ChoiceImpossible: what was chosen is no step there.
        StepsLeftOut: what was chosen lies behind a step it has not done.
        Refusal: what is to be done there cannot be done; nothing of the case has changed.
    """
    hand_over(root, case, to, prepare(case, to, choices), reasons=reasons, by=by, at=at)


def prepare(case: Case, to: int, choices: Mapping[str, str] | None = None) -> Migration:
    """Return what moving a case means; nothing is written."""
    return passage_between(case.flow_id, to).migrate(
        engine.State.from_json(case.flow_state),
        variables=case.variables,
        choices=choices or {},
        done=steps_done(case.pk, to) if choices else (),
    )


def hand_over(
    root: Case,
    case: Case,
    to: int,
    moved: Migration,
    *,
    reasons: str = "",
    by: Actor,
    at: datetime,
) -> None:
    """Write down what moving a case means."""
    before = flows.get_flow_version(case.flow_id)
    stood = engine.State.from_json(case.flow_state)
    for token, element in renamed(stood, moved.state).items():
        case.tasks.filter(token=token).update(element=element)
    facts = facts_of(flows.get_flow_version(to), before.version, moved.moves, reasons)
    case.flow_id = to
    note = entry_of(CASE_MIGRATED, case, by=by, at=at, **facts)
    reached = engine.Advance(moved.state, moved.effects, moved.variables)
    transfer(root, case, reached, notes=[note], by=by, at=at)
