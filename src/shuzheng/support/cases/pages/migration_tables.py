"""The plan of a migration and the migrations there were, as tables."""

from django.urls import reverse
from django.utils.translation import gettext

from shuzheng.infrastructure.web.operations import listed, say_name, say_sentence
from shuzheng.infrastructure.web.rules import Cell, Table
from shuzheng.support.cases.queries import MigrationPlan, MigrationRow, PlannedGroup, PlannedMove


def draw_plan(plan: MigrationPlan) -> Table:
    """Draw the groups of running cases: where each stands, where it goes and why, or stays."""
    rows = [
        [
            gettext("第 %(number)s 版") % {"number": each.version},
            _places(each),
            Cell(each.count, numeric=True),
            _verdict(each),
            _reasons(each),
        ]
        for each in plan.groups
    ]
    columns = (
        gettext("现在的版本"),
        gettext("停在哪一步"),
        gettext("件数"),
        gettext("去向"),
        gettext("为什么"),
    )
    return Table(gettext("迁移计划"), columns, rows, empty=gettext("没有在办件运行在其他版本上。"))


def _places(group: PlannedGroup) -> str:
    names = dict.fromkeys(say_name(each.name) for each in group.places)
    return listed(names) or gettext("流程还没有开始")


def _verdict(group: PlannedGroup) -> Cell:
    if group.stays:
        return Cell(gettext("留在旧版"), tag="yellow")
    return Cell(gettext("迁移"), tag="green")


def _reasons(group: PlannedGroup) -> Cell:
    if group.stays:
        lines = [_named(say_name(each.name), say_sentence(each.sentence)) for each in group.stays]
    else:
        lines = [_move(each) for each in group.moves]
    return Cell(" ".join(dict.fromkeys(lines)) or gettext("原样迁移。"))


def _move(move: PlannedMove) -> str:
    why = say_sentence(move.sentence)
    name, target = say_name(move.name), say_name(move.target_name)
    if name and target and name != target:
        return _named(f"{name} → {target}", why)
    return _named(name or target, why)


def _named(name: str, why: str) -> str:
    return gettext("%(name)s：%(why)s") % {"name": name, "why": why} if name else why


def draw_migrations(migrations: tuple[MigrationRow, ...]) -> Table | None:
    """Draw the migrations of a flow, the newest first; nothing if there were none."""
    if not migrations:
        return None
    rows = [
        [
            Cell(
                gettext("迁移到第 %(number)s 版") % {"number": each.version},
                href=reverse("flow_work:migration", args=[each.id]),
                hint=each.reasons,
            ),
            each.opened_name,
            each.opened_at,
            Cell(f"{each.moved}/{each.total}", numeric=True),
            Cell(each.stays, numeric=True),
            each.finished_at or gettext("进行中"),
        ]
        for each in migrations
    ]
    columns = (
        gettext("迁移"),
        gettext("谁发起"),
        gettext("开始"),
        gettext("已迁移"),
        gettext("留在旧版"),
        gettext("完成"),
    )
    return Table(gettext("历次迁移"), columns, rows)
