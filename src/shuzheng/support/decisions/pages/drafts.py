"""A draft: what it changes, how its examples come out, and who has to do what next."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from shuzheng.infrastructure.web.operations import actor_of, page, requires
from shuzheng.infrastructure.web.rules import Cell, Table
from shuzheng.support.decisions.operations import publish_draft, review_draft
from shuzheng.support.decisions.pages.drawing import draw_table
from shuzheng.support.decisions.pages.editing import draw_examination
from shuzheng.support.decisions.queries import (
    Draft,
    DraftRow,
    get_draft,
    get_version,
    list_open_drafts,
)
from shuzheng.support.decisions.rules import examine, read_model
from shuzheng.support.decisions.rules.entries import (
    DRAFT_DECISION,
    PUBLISH_DECISION,
    REVIEW_DECISION,
    SEE_DECISIONS,
)

COLOURS = {"waiting": "yellow", "sent_back": "red", "approved": "blue", "published": "green"}


@requires(SEE_DECISIONS)
def show_draft(request: HttpRequest, draft: int) -> HttpResponse:
    """Show one draft with what the reader may do about it."""
    found = get_draft(draft)
    return page(request, "decisions/draft.html", _draw(found) | _acts(request, found.row))


@requires(REVIEW_DECISION)
@require_POST
def review(request: HttpRequest, draft: int) -> HttpResponse:
    """Approve a draft or send it back."""
    review_draft(
        draft=draft,
        verdict="approve" if request.POST.get("verdict") == "approve" else "send_back",
        reasons=request.POST.get("reasons", ""),
        by=actor_of(request),
        at=timezone.now(),
    )
    return redirect("decisions:draft", draft)


@requires(PUBLISH_DECISION)
@require_POST
def publish(request: HttpRequest, draft: int) -> HttpResponse:
    """Publish an approved draft."""
    version = get_version(publish_draft(draft=draft, by=actor_of(request), at=timezone.now()))
    return redirect("decisions:version", version.key, version.number)


def draw_drafts(key: str = "") -> Table:
    """Draw what is on its way, of one decision or of all."""
    rows = [
        [
            Cell(
                gettext("%(title)s，改第 %(number)s 版")
                % {"title": each.title, "number": each.base_number},
                href=reverse("decisions:draft", args=[each.id]),
            ),
            each.drafted_name,
            each.drafted_at,
            Cell(gettext(each.state_name), tag=COLOURS[each.state]),
        ]
        for each in list_open_drafts(key)
    ]
    columns = (gettext("草稿"), gettext("起草人"), gettext("起草时间"), gettext("状态"))
    return Table(gettext("正在修改"), columns, rows, empty=gettext("没有正在修改的决策表。"))


def _draw(found: Draft) -> dict[str, Any]:
    base = get_version(found.row.base)
    result = examine(before=base.model, xml=found.xml, decision=base.decision, cases=found.cases)
    box = read_model(found.xml).table_of(base.decision)
    return {
        "draft": found.row,
        "colour": COLOURS[found.row.state],
        "state": gettext(found.row.state_name),
        "table": draw_table(base.title, box) if box else None,
        **draw_examination(result),
    }


def _acts(request: HttpRequest, draft: DraftRow) -> dict[str, bool]:
    actor = actor_of(request)
    is_drafter = actor.account == draft.drafted_by
    is_open = draft.state in {"waiting", "sent_back"}
    return {
        "may_mend": is_open and is_drafter and actor.may(DRAFT_DECISION),
        "may_review": draft.state == "waiting" and not is_drafter and actor.may(REVIEW_DECISION),
        "may_publish": draft.state == "approved" and actor.may(PUBLISH_DECISION),
        "is_own": draft.state == "waiting" and is_drafter,
    }
