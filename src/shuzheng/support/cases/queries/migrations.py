"""What a migration would do, how far it has come, and what stays behind for somebody to place."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from shuzheng.policy.refusals import Sentence, gettext_noop
from shuzheng.support.cases.models import FlowMigration, MigratingCase
from shuzheng.support.cases.queries.passages import passage_between, steps_done
from shuzheng.support.cases.rules.migrations import (
    LEFT,
    MOVED,
    STAYS,
    WAITING,
    MigrationUnknown,
)
from shuzheng.support.workflow import queries as flows
from shuzheng.support.workflow.rules import State
from shuzheng.support.workflow.rules.comparing import name_of
from shuzheng.support.workflow.rules.migration import (
    FORGOTTEN,
    Passage,
    Stay,
    in_names,
    read_stay,
)


@dataclass(frozen=True, slots=True)
class MigrationRow:
    """A migration and how far it has come.

    Attributes:
        version: number of the version the cases go to; ``flow`` its id.
        state: open or finished.
        waiting, moved, stays, left: how many cases; ``left`` ended meanwhile or moved otherwise.
    """

    id: int
    key: str
    title: str
    flow: int
    version: int
    reasons: str
    state: str
    opened_at: datetime
    opened_name: str
    finished_at: datetime | None
    waiting: int
    moved: int
    stays: int
    left: int

    @property
    def total(self) -> int:
        """How many cases are in it."""
        return self.waiting + self.moved + self.stays + self.left


@dataclass(frozen=True, slots=True)
class Option:
    """What may be chosen, and what that means in words."""

    element: str
    sentence: Sentence

    @property
    def words(self) -> str:
        """What it means, in Chinese."""
        return str(self.sentence)


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why a case stays, and what may be chosen about it.

    Attributes:
        code: stable, as in ``workflow.rules.migration``.
        choose: the key of the choice; empty where nothing can be chosen.
    """

    element: str
    name: str | Sentence
    code: str
    sentence: Sentence
    choose: str
    options: tuple[Option, ...]

    @property
    def why(self) -> str:
        """Why, in Chinese."""
        return str(self.sentence)


@dataclass(frozen=True, slots=True)
class StayingCase:
    """A case that stays under its version; ``item`` is its place for turning pages."""

    item: int
    number: str
    title: str
    version: int
    doubts: tuple[Doubt, ...]


def list_migrations(key: str = "") -> tuple[MigrationRow, ...]:
    """Return the migrations of a flow, or of all, the newest first."""
    rows = FlowMigration.objects.all()
    return tuple(map(_row, rows.filter(key=key) if key else rows))


def list_open_migrations() -> tuple[int, ...]:
    """Return the numbers of the migrations that are not finished."""
    rows = FlowMigration.objects.filter(state="open").order_by("id")
    return tuple(rows.values_list("id", flat=True))


def list_waiting(migration: int, *, limit: int) -> tuple[int, ...]:
    """Return the places in a migration of the next cases that wait."""
    items = MigratingCase.objects.filter(migration=migration, state=WAITING).order_by("id")
    return tuple(items.values_list("id", flat=True)[:limit])


def get_migration(migration: int) -> MigrationRow:
    """Return one migration.

    Raises:
        MigrationUnknown: there is no such migration.
    """
    row = FlowMigration.objects.filter(pk=migration).first()
    if row is None:
        raise MigrationUnknown
    return _row(row)


def count_states(migration: int) -> dict[str, int]:
    """Return how many cases of a migration are in each state."""
    rows = MigratingCase.objects.filter(migration=migration).order_by()
    return dict(rows.values_list("state").annotate(count=Count("id")))


def list_staying(migration: int, *, after: int = 0, limit: int = 50) -> tuple[StayingCase, ...]:
    """Return cases that stay, with what may be chosen for each, in the order of the migration."""
    items = MigratingCase.objects.filter(migration=migration, state=STAYS, id__gt=after)
    rows = items.select_related("migration", "case").order_by("id")
    return tuple(map(_staying, rows.only(*_STAYING)[:limit]))


_STAYING = (
    "stays",
    "from_flow",
    "migration__flow",
    "case__number",
    "case__title",
    "case__flow",
    "case__flow_state",
    "case__variables",
)


def _staying(item: MigratingCase) -> StayingCase:
    return StayingCase(
        item=item.pk,
        number=item.case.number,
        title=item.case.title,
        version=flows.get_flow_version(item.from_flow_id).version,
        doubts=_doubts(item),
    )


def _doubts(item: MigratingCase) -> tuple[Doubt, ...]:
    """Return the doubts about a case; it has gone on since, perhaps past what was in doubt."""
    case, target = item.case, item.migration.flow_id
    passage = passage_between(item.from_flow_id, target)
    state = State.from_json(case.flow_state)
    done = steps_done(case.pk, target)
    stays = tuple(map(read_stay, item.stays))
    return tuple(
        _doubt(passage, stay, passage.options(state, stay, variables=case.variables, done=done))
        for stay in stays
    )


def _doubt(passage: Passage, stay: Stay, found: tuple[str, ...]) -> Doubt:
    old, new = passage.versions.old, passage.versions.new
    node = old.nodes.get(stay.element) or new.nodes.get(stay.element)
    return Doubt(
        element=stay.element,
        name=name_of(node) if node else "",
        code=stay.code,
        sentence=in_names(stay.sentence, new),
        choose=stay.choose if found else "",
        options=tuple(Option(key, _words(passage, stay, key)) for key in found),
    )


def _words(passage: Passage, stay: Stay, option: str) -> Sentence:
    if option == FORGOTTEN:
        return Sentence("forget", gettext_noop("不再补偿"))
    if stay.code in {"branch", "join"} and option == stay.element:
        return Sentence("count", gettext_noop("认定该分支已办完"))
    node = passage.versions.new.nodes[option]
    return Sentence("go", gettext_noop("转到“{step}”"), {"step": name_of(node)})


def _row(row: FlowMigration) -> MigrationRow:
    counts = count_states(row.pk)
    target = flows.get_flow_version(row.flow_id)
    return MigrationRow(
        id=row.pk,
        key=row.key,
        title=target.title,
        flow=target.id,
        version=target.version,
        reasons=row.reasons,
        state=row.state,
        opened_at=row.opened_at,
        opened_name=row.opened_name,
        finished_at=row.finished_at,
        waiting=counts.get(WAITING, 0),
        moved=counts.get(MOVED, 0),
        stays=counts.get(STAYS, 0),
        left=counts.get(LEFT, 0),
    )
