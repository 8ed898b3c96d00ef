"""A case on the drawing of its flow: where it stands, since when, who has it, what is due."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from shuzheng.applications.desk.pages.case import purpose_of
from shuzheng.applications.desk.pages.frame import frame, today
from shuzheng.applications.desk.pages.inbox import official_of
from shuzheng.infrastructure.web.operations import (
    allow_style_attributes,
    in_english,
    page,
    signed_in,
)
from shuzheng.infrastructure.web.rules import Cell, ElementRow, ElementTable
from shuzheng.policy.refusals import gettext_noop
from shuzheng.support.cases.operations import open_flow
from shuzheng.support.cases.queries import ElementState, FlowOfCase, get_progress
from shuzheng.support.cases.rules import CaseNotFound
from shuzheng.support.workflow.rules.comparing import KINDS
from shuzheng.support.workflow.rules.entries import SEE_FLOWS

STATES = {
    "now": (gettext_noop("正在这一步"), "yellow"),
    "done": (gettext_noop("已完成"), "blue"),
    "cancelled": (gettext_noop("未办即结束"), "grey"),
    "moved": (gettext_noop("随新版转走"), "grey"),
    "watching": (gettext_noop("计时中"), "grey"),
}
HOUR = 3600
DAY = 24 * HOUR


@signed_in
@allow_style_attributes
def show(request: HttpRequest, number: str) -> HttpResponse:
    """Show the drawing with the case on it, and the table that says the same."""
    by, at = official_of(request), timezone.now()
    flow = open_flow(number=number, purpose=purpose_of(by), by=by, at=at)
    progress = get_progress(number, today=today())
    if progress is None:
        raise CaseNotFound(number=number)
    around = frame(request)
    context = {
        **around,
        "progress": progress,
        "flow": flow,
        "may_see_flows": by.may(SEE_FLOWS),
        "table": draw_elements(flow, posts=around["posts"], at=at) if flow else None,
        "legend": [("now", gettext("正在这一步")), ("done", gettext("已走过"))],
    }
    return page(request, "desk/flow.html", context)


def draw_elements(flow: FlowOfCase, *, posts: Mapping[str, str], at: datetime) -> ElementTable:
    """Draw the elements a case has been at, in the order it came to them."""
    columns = (
        gettext("步骤"),
        gettext("状态"),
        gettext("到达"),
        gettext("离开"),
        gettext("由谁办"),
        gettext("期限"),
    )
    return ElementTable(
        gettext("办理经过"),
        columns,
        [_row(each, posts, at) for each in flow.elements],
        marks=tuple(_passed(flow)),
    )


def _passed(flow: FlowOfCase) -> Iterator[tuple[str, str, str]]:
    for key in (*flow.lines, *flow.gates):
        yield key, "done", ""


def _row(each: ElementState, posts: Mapping[str, str], at: datetime) -> ElementRow:
    words, colour = STATES[each.state]
    href = reverse("desk:flow", args=[each.child]) if each.child else ""
    return ElementRow(
        each.element,
        (
            Cell(in_english(each.name) or gettext(KINDS[each.kind]), href=href, hint=_times(each)),
            Cell(gettext(words), tag=colour),
            Cell(each.since, hint=_waiting(each, at)),
            each.until if each.state != "now" else None,
            _who(each, posts),
            each.due_on or each.fires_at,
        ),
        mark=each.state if each.state in {"now", "done"} else "",
        note=_note(each, at),
        href=href,
    )


def _times(each: ElementState) -> str:
    return gettext("第 %(times)s 次") % {"times": each.times} if each.times > 1 else ""


def _waiting(each: ElementState, at: datetime) -> str:
    if each.state != "now" or each.since is None:
        return ""
    return gettext("已等 %(time)s") % {"time": lasting(at, each.since)}


def lasting(until: datetime, since: datetime) -> str:
    """Say how long something took, roughly: days, else hours, else minutes."""
    seconds = max(int((until - since).total_seconds()), 0)
    if seconds >= DAY:
        count = seconds // DAY
        return ngettext("%(count)s 天", "%(count)s 天", count) % {"count": count}
    if seconds >= HOUR:
        count = seconds // HOUR
        return ngettext("%(count)s 小时", "%(count)s 小时", count) % {"count": count}
    count = seconds // 60
    if not count:
        return gettext("不到 1 分钟")
    return ngettext("%(count)s 分钟", "%(count)s 分钟", count) % {"count": count}


def _who(each: ElementState, posts: Mapping[str, str]) -> Cell:
    if each.for_applicant:
        return Cell(gettext("申请人"))
    if each.who:
        return Cell(each.who, hint=in_english(posts.get(each.post, "")))
    return Cell(in_english(posts.get(each.post, gettext("系统") if each.post else "")))


def _note(each: ElementState, at: datetime) -> str:
    """Say in few signs what stands on the element: how long, or when and by whom."""
    if each.state == "now":
        return _waiting(each, at) or gettext("在办")
    if each.state == "watching" and each.fires_at:
        return timezone.localtime(each.fires_at).strftime("%m-%d")
    if each.state == "done" and each.until:
        day = timezone.localtime(each.until).strftime("%m-%d")
        return " ".join(filter(None, (day, each.who, f"×{each.times}" if each.times > 1 else "")))
    return ""
