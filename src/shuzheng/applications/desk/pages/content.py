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

SHOWN_APPLIES = 20
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
        "kind": kind if chosen else "",
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


def _kind_lines(rows: tuple[AppliedRow, ...]) -> Iterator[tuple[object, ...]]:
    for kind, group in groupby(rows, key=lambda row: row.kind):
        items = tuple(group)
        newest = max(items, key=lambda row: row.applied_at)
        yield (
            Cell(kind, href=f"/desk/content/?kind={kind}"),
            Cell(len(items), numeric=True),
            newest.applied_at,
            newest.applied_by,
            digest_of(items)[:SHORT],
        )


def _items(rows: tuple[AppliedRow, ...]) -> Table:
    return Table(
        rows[0].kind,
        (
            *(gettext("编码"), gettext("应用时间"), gettext("应用人"), gettext("理由")),
            *(gettext("摘要"), gettext("此后在网页上发布")),
        ),
        [
            (
                row.key,
                row.applied_at,
                row.applied_by,
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
