"""Flows in the open: a version's drawing and steps, all versions, who changed what."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from shuzheng.infrastructure.access.rules import Actor
from shuzheng.infrastructure.web.operations import (
    actor_of,
    allow_style_attributes,
    attachment,
    in_english,
    number_in,
    page,
    requires,
    signed_in,
)
from shuzheng.infrastructure.web.rules import Cell, Table
from shuzheng.institutions.organisation.queries import list_departments
from shuzheng.support.workflow.pages.drawing import (
    change_legend,
    draw_changes,
    draw_steps,
    has_removed,
    say_changes,
)
from shuzheng.support.workflow.queries import (
    DraftRow,
    VersionRow,
    compare_versions,
    get_flow_version,
    get_picture,
    list_changes,
    list_drafts,
    list_versions,
)
from shuzheng.support.workflow.rules import FlowNotFound
from shuzheng.support.workflow.rules.entries import DRAFT_FLOW, SEE_FLOWS

BPMN = "application/xml"
COLOURS = {"drafting": "grey", "waiting": "yellow", "sent_back": "red", "published": "green"}


@signed_in
def show_picture(request: HttpRequest, version: int) -> HttpResponse:
    """Hand out a version's drawing with coordinates; a drawing holds nothing personal."""
    return attachment(request, get_picture(version), f"flow-{version}.bpmn", BPMN)


@requires(SEE_FLOWS)
@allow_style_attributes
def show_flow(request: HttpRequest, key: str) -> HttpResponse:
    """Show the version in force, or the newest; with all versions and what changed."""
    versions = _versions(key)
    current = next((each for each in versions if each.is_in_force), versions[0])
    return page(request, "workflow/flow.html", _context(request, current, versions))


@requires(SEE_FLOWS)
@allow_style_attributes
def show_version(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Show any version, compared with the one before it or with ``?against=``."""
    versions = _versions(key)
    version = _numbered(versions, number)
    before = number_in(request.GET.get("against", ""), digits=9)
    other = number - 1 if before is None else before
    context = _context(request, version, versions)
    context |= _compared(next((each for each in versions if each.version == other), None), version)
    return page(request, "workflow/version.html", context)


def _versions(key: str) -> tuple[VersionRow, ...]:
    versions = list_versions(key)
    if not versions:
        raise FlowNotFound(flow=key)
    return versions


def _numbered(versions: tuple[VersionRow, ...], number: int) -> VersionRow:
    for each in versions:
        if each.version == number:
            return each
    raise FlowNotFound(flow=f"{versions[0].key} {number}")


def _context(
    request: HttpRequest, version: VersionRow, versions: tuple[VersionRow, ...]
) -> dict[str, Any]:
    departments = {each.code: each.name for each in list_departments()}
    return {
        "version": version,
        "owner": departments.get(version.department, ""),
        "source": reverse("flows:picture", args=[version.id]),
        "steps": draw_steps(get_flow_version(version.id).flow),
        "versions": _draw_versions(version.key),
        "others": [each for each in versions if each.version != version.version],
        "drafts": draw_drafts(list_drafts(version.key)),
        "may_draft": may_draft(actor_of(request), version.department),
    }


def may_draft(actor: Actor, department: str) -> bool:
    """Say whether to offer drafting; the operation decides."""
    return actor.may(DRAFT_FLOW) and bool(department) and actor.department == department


def _compared(before: VersionRow | None, version: VersionRow) -> dict[str, Any]:
    if before is None:
        return {}
    changes = compare_versions(before.id, version.id)
    return {
        "before": before,
        "changes": draw_changes(changes),
        "legend": change_legend(),
        "before_source": reverse("flows:picture", args=[before.id]) if has_removed(changes) else "",
        "removed": draw_changes(changes, removed=True),
    }


def _draw_versions(key: str) -> Table:
    """Draw who changed what, the newest first."""
    rows = [
        [
            Cell(
                gettext("第 %(number)s 版") % {"number": each.version.version},
                href=reverse("flows:version", args=[key, each.version.version]),
                hint=gettext("现行") if each.version.is_in_force else "",
            ),
            each.version.published_at,
            _people(each.version),
            Cell(
                each.version.reasons or gettext("随城市内容发布"),
                hint=say_changes(each.changes),
            ),
        ]
        for each in list_changes(key)
    ]
    columns = (gettext("版本"), gettext("发布时间"), gettext("谁改的"), gettext("为什么、改了什么"))
    return Table(gettext("版本"), columns, rows)


def _people(version: VersionRow) -> str:
    if version.drafted_name:
        return gettext("%(drafter)s 起草，%(publisher)s 审核发布") % {
            "drafter": version.drafted_name,
            "publisher": version.published_name,
        }
    return gettext(version.published_name) if version.published_name else "—"


def draw_drafts(drafts: tuple[DraftRow, ...]) -> Table | None:
    """Draw the drafts on their way; nothing if there are none."""
    if not drafts:
        return None
    rows = [
        [
            Cell(in_english(each.title), href=reverse("flows:draft", args=[each.id])),
            each.drafted_name,
            each.drafted_at,
            Cell(gettext(each.state_name), tag=COLOURS.get(each.state, "grey")),
        ]
        for each in drafts
    ]
    columns = (gettext("草稿"), gettext("起草人"), gettext("最近修改"), gettext("状态"))
    return Table(gettext("正在修改"), columns, rows)
