"""Cases on a flow that is drawn anew, and their migration."""

from datetime import timedelta

from shuzheng.infrastructure.access.rules import Actor
from shuzheng.infrastructure.journal.models import Entry
from shuzheng.support.cases import operations as cases
from shuzheng.support.cases import queries
from tests.support.cases.flows import publish
from tests.support.cases.play import AT
from tests.support.workflow.flow_drawing import FORMAL

ENDS = '<startEvent id="s"/><endEvent id="e"/>'
LATER = AT + timedelta(hours=1)
KEY = "moving"


def user(*names: str) -> str:
    task = '<userTask id="{0}" name="{0}" shuzheng:duty="supervise:open_restaurant"/>'
    return "".join(task.format(name) for name in names)


def version(names: str, flows: str, more: str = "") -> int:
    return publish(KEY, ENDS + user(*names.split()) + more, flows)


def timer(host: str) -> str:
    return (
        f'<boundaryEvent id="t" attachedToRef="{host}" cancelActivity="false">'
        f"<timerEventDefinition><timeDuration {FORMAL}>P9D</timeDuration></timerEventDefinition>"
        "</boundaryEvent>"
    )


def migrate(to: int, by: Actor) -> int:
    """Open a migration and carry it out."""
    migration = cases.open_migration(version=to, reasons="流程改进", by=by, at=AT)
    work(migration)
    return migration


def work(migration: int, *, limit: int = 100) -> None:
    while cases.migrate_batch(migration=migration, at=LATER, limit=limit):
        pass


def figures(migration: int) -> tuple[str, int, int, int, int]:
    row = queries.get_migration(migration)
    return row.state, row.waiting, row.moved, row.stays, row.left


def moved_entries(number: str) -> list[Entry]:
    return list(Entry.objects.filter(subject=f"case:{number}", kind="case.migrated"))


def place(
    migration: int, number: str, choices: dict[str, str], by: Actor, why: str = "现场核对后确定"
) -> None:
    cases.place_case(
        migration=migration, number=number, choices=choices, reasons=why, by=by, at=LATER
    )
