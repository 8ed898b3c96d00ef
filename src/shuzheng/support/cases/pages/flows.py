"""The library of flows: version, owner, and how many cases run under each."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from shuzheng.infrastructure.web.operations import actor_of, in_english, page, requires
from shuzheng.infrastructure.web.rules import Cell, Table
from shuzheng.institutions.organisation.queries import list_departments
from shuzheng.support.cases.queries import count_running
from shuzheng.support.workflow.queries import FlowRow, list_drafts, list_flows
from shuzheng.support.workflow.rules.entries import DRAFT_FLOW, SEE_FLOWS


@requires(SEE_FLOWS)
def index(request: HttpRequest) -> HttpResponse:
    """List the flows in force, and the drafts on their way."""
    context = {
        "table": _draw_flows(list_flows()),
        "drafts": _draw_drafts(),
        "may_draft": actor_of(request).may(DRAFT_FLOW),
    }
    return page(request, "cases/flows.html", context)


def _draw_flows(rows: tuple[FlowRow, ...]) -> Table:
    running = count_running()
    departments = {each.code: each.name for each in list_departments()}
    lines = [
        [
            Cell(
                in_english(each.title), href=reverse("flows:flow", args=[each.key]), hint=each.key
            ),
            Cell(
                gettext("第 %(number)s 版") % {"number": each.version},
                href=reverse("flows:version", args=[each.key, each.version]),
            ),
            each.published_at,
            in_english(departments.get(each.department, "—")),
            _running(each, rows, running),
        ]
        for each in rows
        if each.is_in_force
    ]
    columns = (
        gettext("流程"),
        gettext("现行版本"),
        gettext("发布时间"),
        gettext("归口部门"),
        gettext("在办"),
    )
    return Table(gettext("流程"), columns, lines, empty=gettext("还没有发布流程。"))


def _running(flow: FlowRow, rows: tuple[FlowRow, ...], running: dict[int, int]) -> Cell:
    total = sum(running.get(each.id, 0) for each in rows if each.key == flow.key)
    old = total - running.get(flow.id, 0)
    hint = gettext("其中 %(count)s 件在旧版") % {"count": old} if old else ""
    return Cell(total, numeric=True, hint=hint)


def _draw_drafts() -> Table | None:
    rows = [
        [
            Cell(in_english(each.title), href=reverse("flows:draft", args=[each.id])),
            each.drafted_name,
            each.drafted_at,
            gettext(each.state_name),
        ]
        for each in list_drafts()
    ]
    columns = (gettext("草稿"), gettext("起草人"), gettext("最近修改"), gettext("状态"))
    return Table(gettext("正在修改"), columns, rows) if rows else None
