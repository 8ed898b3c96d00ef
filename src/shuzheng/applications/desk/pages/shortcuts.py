"""Where each post finds its work: links by what it may do, and the figures of its first screen."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext

from shuzheng.data.collection.rules import COLLECT_DATA
from shuzheng.data.registers.queries import list_differences, list_objections
from shuzheng.data.registers.rules import DECIDE_DISPUTES
from shuzheng.infrastructure.access.rules import Actor
from shuzheng.infrastructure.web.rules import Figure, Link
from shuzheng.support.cases.queries import TaskRow
from shuzheng.support.cases.rules import SUPERVISE_CASES

DISPUTES = "/data/disputes/"


def data_links(actor: Actor) -> Iterator[Link]:
    """Yield the pages about the registers that the post may open."""
    if actor.may(DECIDE_DISPUTES):
        yield Link(gettext("数据异议和查阅异议"), DISPUTES)
    if actor.may(COLLECT_DATA):
        yield Link(gettext("数据归集"), "/data/collection/")


def reference_links() -> tuple[Link, ...]:
    """Return what every official looks up: guides, rules, clauses, decisions, areas."""
    return (
        Link(gettext("办事指南"), "/matters/"),
        Link(gettext("决策规则"), "/desk/decisions/"),
        Link(gettext("法律法规"), "/laws/"),
        Link(gettext("行政许可决定公开"), "/decisions/"),
        Link(gettext("核验证照和文书"), "/verify/"),
        Link(gettext("行政区划"), "/areas/"),
    )


def figures_of(actor: Actor, rows: Sequence[TaskRow]) -> Iterator[Figure]:
    """Yield the numbers a post answers for beside its own tasks, each opening what it counts."""
    unit = gettext("件")
    if actor.may(SUPERVISE_CASES):
        raised = sum(row.is_escalated for row in rows)
        yield Figure(gettext("提级督办"), raised, href="/desk/#tasks", unit=unit)
    if actor.may(DECIDE_DISPUTES):
        yield from _disputes(unit)


def _disputes(unit: str) -> Iterator[Figure]:
    values = sum(each.state == "open" for each in list_differences())
    readings = sum(each.answered_at is None for each in list_objections())
    yield Figure(gettext("待处理数据异议"), values, href=DISPUTES, unit=unit)
    yield Figure(gettext("待答复查阅异议"), readings, href=DISPUTES, unit=unit)
