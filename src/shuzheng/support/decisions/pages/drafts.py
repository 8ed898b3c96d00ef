"""A draft: what it changes, how its examples come out, and who has to do what next."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from shuzheng.infrastructure.web.operations import (
    actor_of,
    allow_style_attributes,
    page,
    requires,
)
from shuzheng.infrastructure.web.rules import Cell, Table
from shuzheng.support.decisions.operations import (
    drop_draft,
    publish_draft,
    renew_draft,
    review_draft,
    send_to_review,
)
from shuzheng.support.decisions.pages.drawing import draw_tables, labels_for
from shuzheng.support.decisions.pages.examined import draw_examination
from shuzheng.support.decisions.pages.pictures import draw_requirements
from shuzheng.support.decisions.queries import (
    Draft,
    DraftRow,
    get_draft,
    get_version,
    list_open_drafts,
)
from shuzheng.support.decisions.rules import Wording, examine, labels_of, owns, read_model
from shuzheng.support.decisions.rules.entries import (
    DRAFT_DECISION,
    PUBLISH_DECISION,
    REVIEW_DECISION,
    SEE_DECISIONS,
)

OPEN = {"drafting", "waiting", "sent_back"}
COLOURS = {
    "drafting": "grey",
    "waiting": "yellow",
    "sent_back": "red",
    "approved": "blue",
    "published": "green",
    "dropped": "grey",
}


@requires(SEE_DECISIONS)
@allow_style_attributes
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


@requires(DRAFT_DECISION)
@require_POST
def move_on(request: HttpRequest, draft: int) -> HttpResponse:
    """Send the own draft to review, carry it over to a newer version, or give it up."""
    acts = {"send": send_to_review, "renew": renew_draft, "drop": drop_draft}
    act = acts.get(request.POST.get("act", ""))
    if act is not None:
        act(draft=draft, by=actor_of(request), at=timezone.now())
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
    result = examine(
        before=base.model, xml=found.xml, decision=base.decision, cases=found.cases_text
    )
    labels = labels_for(base)
    return {
        "draft": found.row,
        "colour": COLOURS[found.row.state],
        "state": gettext(found.row.state_name),
        **(_draw_model(found.xml, labels, base.words) if result.refusal is None else {}),
        **draw_examination(result, base),
    }


def _draw_model(xml: bytes, labels: Mapping[str, str], words: Wording) -> dict[str, Any]:
    model = read_model(xml)
    said = {**labels_of(model), **labels}
    return {
        "tables": draw_tables(model, said, words=words),
        "requirements": draw_requirements(model, said),
    }


def _acts(request: HttpRequest, draft: DraftRow) -> dict[str, bool]:
    actor = actor_of(request)
    is_drafter = actor.account == draft.drafted_by
    is_owner = owns(actor, draft.department)
    may_mend = is_drafter and is_owner and draft.state in OPEN and actor.may(DRAFT_DECISION)
    may_review = is_owner and not is_drafter and actor.may(REVIEW_DECISION)
    return {
        "may_mend": may_mend,
        "may_send": may_mend and draft.state != "waiting" and not draft.is_outdated,
        "may_renew": may_mend and draft.is_outdated,
        "may_review": may_review and draft.state == "waiting",
        "may_publish": draft.state == "approved" and actor.may(PUBLISH_DECISION),
        "is_own": draft.state == "waiting" and is_drafter,
    }
