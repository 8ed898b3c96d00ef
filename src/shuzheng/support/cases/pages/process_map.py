"""How the cases of a flow really go: a picture, the table behind it, and the table as a file."""

import csv
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from shuzheng.infrastructure.web.operations import (
    allow_style_attributes,
    attachment,
    in_english,
    page,
    requires,
)
from shuzheng.infrastructure.web.rules import Cell, ElementRow, ElementTable, Table
from shuzheng.institutions.calendar.queries import get_calendar
from shuzheng.institutions.organisation.queries import list_departments, list_posts
from shuzheng.policy.refusals import gettext_noop
from shuzheng.support.cases.pages.durations import say_duration
from shuzheng.support.cases.queries import (
    MapStep,
    PostShare,
    ProcessMap,
    get_process_map,
    list_departments_of,
)
from shuzheng.support.workflow.queries import FlowVersion, get_flow
from shuzheng.support.workflow.rules.comparing import KINDS
from shuzheng.support.workflow.rules.entries import SEE_FLOWS
from shuzheng.support.workflow.rules.graph import GATEWAYS

WIDEST = 5
SORTS: Mapping[str, tuple[str, Callable[[MapStep], float]]] = {
    "visits": (gettext_noop("经过次数"), lambda each: -each.visits),
    "waiting": (gettext_noop("等待时间"), lambda each: -(each.median_seconds or 0)),
    "returns": (gettext_noop("返回次数"), lambda each: -each.returns),
    "standing": (gettext_noop("在办"), lambda each: -each.standing),
}
RISKY = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Filter:
    """What a reader asked for: which days, which department, in which order."""

    begin: str
    end: str
    department: str
    sort: str

    @property
    def begins_at(self) -> datetime | None:
        """The first moment, None for no limit."""
        return _moment(self.begin)

    @property
    def ends_at(self) -> datetime | None:
        """The moment after the last day, None for no limit."""
        return _moment(self.end, days=1)


def _moment(text: str, *, days: int = 0) -> datetime | None:
    try:
        day = date.fromisoformat(text) + timedelta(days=days)
    except (ValueError, OverflowError):
        return None
    return datetime.combine(day, time.min, tzinfo=get_calendar().zone)


@requires(SEE_FLOWS)
@allow_style_attributes
def show_map(request: HttpRequest, key: str) -> HttpResponse:
    """Show the drawing with frequencies, waiting and returns, above the table that says them."""
    version, asked = get_flow(key), _asked(request)
    found = _found(version, asked)
    owning = list_departments_of(key)
    departments = {each.code: each.name for each in list_departments() if each.code in owning}
    context = {
        "version": version,
        "asked": asked,
        "sorts": [(name, gettext(words)) for name, (words, _) in SORTS.items()],
        "departments": departments,
        "found": found,
        "source": reverse("flows:picture", args=[version.id]),
        "table": _draw(version, found, asked),
        "posts": _draw_posts(found),
        "legend": [("slow", gettext("等待最久")), ("often", gettext("越粗越常走"))],
    }
    return page(request, "cases/process_map.html", context)


@requires(SEE_FLOWS)
def hand_out_map(request: HttpRequest, key: str) -> HttpResponse:
    """Hand out the table of the map as CSV."""
    version, asked = get_flow(key), _asked(request)
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(["element", "name", "kind", *_COLUMNS])
    for each in _sorted(_found(version, asked), asked):
        median = "" if each.median_seconds is None else round(each.median_seconds)
        figures = (each.visits, each.cases, each.returns, each.standing, median)
        writer.writerow([_plain(each.element), _plain(_named(each)), each.kind, *figures])
    content = ("\ufeff" + written.getvalue()).encode()
    return attachment(request, content, f"process-map-{key}.csv", "text/csv")


_COLUMNS = ("visits", "cases", "returns", "standing", "median_waiting_seconds")


def _named(each: MapStep | PostShare) -> str:
    """Return the name drawn, or what it is where nothing is written."""
    return in_english(each.name) or gettext(KINDS[each.kind])


def _plain(text: str) -> str:
    """Keep a spreadsheet from taking a name for a formula."""
    return f"'{text}" if text.startswith(RISKY) else text


def _asked(request: HttpRequest) -> Filter:
    sort = request.GET.get("sort", "")
    return Filter(
        begin=request.GET.get("begin", "")[:10],
        end=request.GET.get("end", "")[:10],
        department=request.GET.get("department", "")[:64],
        sort=sort if sort in SORTS else "visits",
    )


def _found(version: FlowVersion, asked: Filter) -> ProcessMap:
    return get_process_map(
        flow_id=version.id,
        begin=asked.begins_at,
        end=asked.ends_at,
        department=asked.department,
    )


def _sorted(found: ProcessMap, asked: Filter) -> list[MapStep]:
    return sorted(found.steps, key=lambda each: (SORTS[asked.sort][1](each), each.element))


def _draw(version: FlowVersion, found: ProcessMap, asked: Filter) -> ElementTable:
    most = max((each.visits for each in found.steps), default=0)
    slowest = max((each.median_seconds or 0 for each in found.steps), default=0)
    steps = _sorted(found, asked)
    shown = [each for each in steps if each.kind not in GATEWAYS]
    columns = (
        gettext("步骤"),
        gettext("经过次数"),
        gettext("办件数"),
        gettext("返回次数"),
        gettext("等待中位数"),
        gettext("在办"),
    )
    return ElementTable(
        gettext("各步骤"),
        columns,
        [_row(each, most, slowest) for each in shown],
        empty=gettext("这段时间没有办件走过这个流程。"),
        marks=(*_line_marks(version, found), *_gateway_marks(steps, most)),
    )


def _row(each: MapStep, most: int, slowest: float) -> ElementRow:
    is_slowest = bool(slowest) and each.median_seconds == slowest
    return ElementRow(
        each.element,
        (
            Cell(_named(each), hint=gettext(KINDS[each.kind]) if each.name else ""),
            Cell(each.visits, numeric=True),
            Cell(each.cases, numeric=True),
            Cell(each.returns, numeric=True),
            Cell(say_duration(each.median_seconds), numeric=True),
            Cell(each.standing, numeric=True),
        ),
        mark="slow" if is_slowest else f"often-{_width(each.visits, most)}",
        note=_note(each),
    )


def _note(each: MapStep) -> str:
    parts = [str(each.visits)]
    if each.median_seconds and each.median_seconds >= 1:
        parts.append(say_duration(each.median_seconds))
    if each.returns:
        parts.append(f"↩{each.returns}")
    return " · ".join(parts)


def _line_marks(version: FlowVersion, found: ProcessMap) -> list[tuple[str, str, str]]:
    """Draw every line as wide as it was often taken; where ways part, say how often."""
    most = max(found.lines.values(), default=0)
    marks = []
    for node in version.flow.nodes.values():
        for edge in node.outgoing:
            count = found.lines.get(edge.id, 0)
            mark = f"often-{_width(count, most)}" if count else "never"
            marks.append((edge.id, mark, str(count) if count and len(node.outgoing) > 1 else ""))
    return marks


def _gateway_marks(steps: list[MapStep], most: int) -> list[tuple[str, str, str]]:
    return [
        (each.element, f"often-{_width(each.visits, most)}", "")
        for each in steps
        if each.kind in GATEWAYS
    ]


def _width(count: int, most: int) -> int:
    return max(1, min(WIDEST, -(-count * WIDEST // most))) if most else 1


def _draw_posts(found: ProcessMap) -> Table:
    posts = {each.code: each.name for each in list_posts()}
    rows: list[list[Any]] = [
        [
            _named(each),
            posts.get(each.post, each.post),
            Cell("—" if each.tasks is None else each.tasks, numeric=True),
            Cell(
                gettext("办理人少于 5 人，不单列")
                if each.tasks is None
                else say_duration(each.median_seconds),
                numeric=True,
            ),
        ]
        for each in found.posts
    ]
    columns = (
        gettext("步骤"),
        gettext("岗位"),
        gettext("办结任务"),
        gettext("从产生到办结的中位数"),
    )
    return Table(gettext("按岗位"), columns, rows, empty=gettext("还没有办结的任务。"))
