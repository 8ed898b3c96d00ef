"""The administrator's content: what is in force, since when, by whom, and each apply before."""

from collections.abc import Iterator
from itertools import groupby

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from shuzheng.applications.desk.pages.frame import frame
from shuzheng.infrastructure.content.queries import AppliedRow, digest_of, list_applied_rows
from shuzheng.infrastructure.content.rules import APPLY_CONTENT
from shuzheng.infrastructure.journal.queries import list_entries_of_subject
from shuzheng.infrastructure.journal.rules import Entry
from shuzheng.infrastructure.web.operations import page, requires
from shuzheng.infrastructure.web.rules import Cell, Table
from shuzheng.policy.refusals import gettext_noop

SHOWN_APPLIES = 20
KINDS = {
    "bundle": gettext_noop("一件事"),
    "calendar": gettext_noop("工作日历"),
    "calendar_day": gettext_noop("节假日和调休"),
    "city": gettext_noop("城市"),
    "dataset": gettext_noop("数据集"),
    "decision": gettext_noop("决策"),
    "demonstration_account": gettext_noop("演示账号"),
    "department": gettext_noop("部门"),
    "division": gettext_noop("行政区划"),
    "document_template": gettext_noop("文书模板"),
    "flow": gettext_noop("流程"),
    "grid_cell": gettext_noop("网格"),
    "law_validity": gettext_noop("法律法规时效"),
    "licence_type": gettext_noop("证照种类"),
    "matter": gettext_noop("事项"),
    "message": gettext_noop("消息模板"),
    "opinion_template": gettext_noop("意见模板"),
    "post": gettext_noop("岗位"),
    "register": gettext_noop("基础库"),
    "reminder": gettext_noop("提醒"),
    "seal": gettext_noop("印章"),
    "staff": gettext_noop("工作人员"),
    "translation": gettext_noop("译文"),
}
"""What the kinds of content are called."""
SHORT = 12
"""Letters of a digest that tell items apart on a page."""


@requires(APPLY_CONTENT)
@require_GET
def content(request: HttpRequest) -> HttpResponse:
    """Show what is applied, by kind or the items of one kind, and who applied what before."""
    rows = list_applied_rows()
    kind = request.GET.get("kind", "")
    chosen = tuple(row for row in rows if row.kind == kind)
    city = settings.CITY_FOLDER.name
    applies = list_entries_of_subject(f"content:{city}")[-SHOWN_APPLIES:]
    context = {
        **frame(request),
        "city": city,
        "kind": _named(kind) if chosen else "",
        "digest": digest_of(rows),
        "total": len(rows),
        "table": _items(chosen) if chosen else _kinds(rows),
        "applies": [_apply(entry) for entry in applies[::-1]],
    }
    return page(request, "desk/content.html", context)


def _kinds(rows: tuple[AppliedRow, ...]) -> Table:
    return Table(
        gettext("已应用的内容"),
        (gettext("类型"), gettext("项数"), gettext("最近应用"), gettext("应用人"), gettext("摘要")),
        list(_kind_lines(rows)),
        empty=gettext("还没有应用任何城市内容。"),
    )


def _named(kind: str) -> str:
    return gettext(KINDS[kind]) if kind in KINDS else kind


def _kind_lines(rows: tuple[AppliedRow, ...]) -> Iterator[tuple[object, ...]]:
    for kind, group in groupby(rows, key=lambda row: row.kind):
        items = tuple(group)
        newest = max(items, key=lambda row: row.applied_at)
        yield (
            Cell(_named(kind), href=f"/desk/content/?kind={kind}"),
            Cell(len(items), numeric=True),
            newest.applied_at,
            gettext(newest.applied_by),
            digest_of(items)[:SHORT],
        )


def _items(rows: tuple[AppliedRow, ...]) -> Table:
    return Table(
        _named(rows[0].kind),
        (
            *(gettext("编码"), gettext("应用时间"), gettext("应用人"), gettext("理由")),
            *(gettext("摘要"), gettext("此后在网页上发布")),
        ),
        [
            (
                row.key,
                row.applied_at,
                gettext(row.applied_by),
                row.reason,
                row.digest[:SHORT],
                f"{row.edit.published_as} {row.edit.by}" if row.edit else "",
            )
            for row in rows
        ],
    )


def _apply(entry: Entry) -> dict[str, object]:
    """Return one apply as the page tells it: how much, and which items."""
    digests = entry.facts.get("digests", {})
    return {
        "entry": entry,
        "added": entry.facts.get("added", 0),
        "changed": entry.facts.get("changed", 0),
        "removed": entry.facts.get("removed", 0),
        "reason": entry.facts.get("reason", ""),
        "items": [(name, digest[:SHORT]) for name, digest in sorted(digests.items())],
    }
