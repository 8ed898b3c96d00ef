"""What must I do today, what is about to be late; what my department has in hand."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from shuzheng.applications.desk.pages.asked import asked_of
from shuzheng.applications.desk.pages.begun import applicant_of
from shuzheng.applications.desk.pages.frame import frame, today
from shuzheng.applications.desk.pages.papers import end_of
from shuzheng.applications.desk.pages.shortcuts import cards_of, figures_of
from shuzheng.applications.desk.pages.vacancies import mark_of, vacant_posts_of
from shuzheng.infrastructure.access.rules import Actor
from shuzheng.infrastructure.web.operations import (
    actor_of,
    in_english,
    number_in,
    page,
    requires,
    signed_in,
    title_of,
)
from shuzheng.infrastructure.web.rules import Cell, Keyset, Table
from shuzheng.policy.refusals import NotPermitted, gettext_noop
from shuzheng.support.cases import operations as cases
from shuzheng.support.cases import queries
from shuzheng.support.cases.queries import CaseRow, TaskRow
from shuzheng.support.cases.queries.aftermath import Aftermath, get_aftermath
from shuzheng.support.cases.rules import (
    AUDIT_CASES,
    READ_CASE,
    RECEIVE_HAND_OVER,
    CaseNotFound,
)
from shuzheng.support.licences.queries import list_ended_of_cases

LENGTH = 50


class OfficialsOnly(NotPermitted):
    """The desk is for officials on a post."""

    code = "officials-only"
    template = gettext_noop("工作台供工作人员使用。")
    remedy = gettext_noop("办事请到服务大厅；工作人员请先选择岗位。")


def official_of(request: HttpRequest) -> Actor:
    """Return the official who acts.

    Raises:
        OfficialsOnly: a citizen came here.
    """
    actor = actor_of(request)
    if actor.kind != "official" or not actor.post:
        raise OfficialsOnly
    return actor


@signed_in
def inbox(request: HttpRequest) -> HttpResponse:
    """List the open tasks of the post, what is due first on top."""
    actor = official_of(request)
    rows = queries.list_inbox(post=actor.post, today=today(), limit=LENGTH)
    late = sum(row.light.colour == "red" for row in rows)
    near = sum(row.light.colour == "yellow" for row in rows)
    context = {
        **frame(request),
        "table": _tasks(rows, actor.post),
        "rows": rows,
        "late": late,
        "near": near,
        "figures": tuple(figures_of(actor, rows)),
        "cards": tuple(cards_of(actor)),
        "asked": tuple(asked_of(actor)),
        "aftermath": _aftermath(request, actor),
        "next_task": rows[0] if rows else None,
    }
    return page(request, "desk/inbox.html", context)


def _aftermath(request: HttpRequest, actor: Actor) -> Aftermath | None:
    done = number_in(request.GET.get("done", ""))
    return None if done is None else get_aftermath(done, account=actor.account)


def _tasks(rows: tuple[TaskRow, ...], post: str) -> Table:
    vacant = vacant_posts_of(rows, own=post)
    unclaimed = gettext("未认领")
    return Table(
        gettext("待办"),
        (gettext("任务"), gettext("办件"), gettext("申请人"), gettext("期限"), gettext("经办人")),
        [
            (
                Cell(
                    in_english(row.name), href=f"/desk/tasks/{row.id}/", hint=mark_of(row, vacant)
                ),
                Cell(f"{title_of(row)} {row.number}"),
                applicant_of(row),
                _due(row),
                row.claimed_name or unclaimed,
            )
            for row in rows
        ],
        caption_hidden=True,
        empty=gettext("没有待办。"),
    )


def _due(row: TaskRow | CaseRow) -> Cell:
    if row.is_suspended:
        return Cell(gettext("期限中止"), tag="yellow", hint=gettext("特别程序"))
    if isinstance(row, CaseRow) and row.closed_at:
        return Cell(row.closed_at, hint=gettext("办结"))
    if row.due_on is None:
        return Cell(gettext("无期限"))
    colour = row.light.colour
    words = f"{row.due_on.isoformat()} {gettext(row.light.word)}"
    return Cell(words, light="" if colour == "none" else colour)


@signed_in
def cases_list(request: HttpRequest) -> HttpResponse:
    """List the department's cases, newest first; an auditor sees a case by its number."""
    actor = official_of(request)
    number = request.GET.get("q", "").strip()
    if number and not number.replace("-", "").isalnum():
        raise CaseNotFound(number=number)
    if number and (actor.may(AUDIT_CASES) or not actor.may(READ_CASE)):
        return redirect("desk:case", number=number)
    rows = _listed(request, actor, number)
    is_more = len(rows) == LENGTH and not number
    keyset = Keyset(next=str(rows[-1].id) if is_more else "")
    context = {
        **frame(request),
        "table": _cases(rows),
        "keyset": keyset,
        "number": number,
        "only_by_number": not actor.may(READ_CASE),
    }
    return page(request, "desk/cases.html", context)


def _listed(request: HttpRequest, actor: Actor, number: str) -> tuple[CaseRow, ...]:
    if number:
        return queries.find_cases(
            department=actor.department, number=number, today=today(), limit=LENGTH
        )
    before = number_in(request.GET.get("from", ""))
    begin = {} if before is None else {"before": before}
    return queries.list_cases(department=actor.department, today=today(), limit=LENGTH, **begin)


def _cases(rows: tuple[CaseRow, ...]) -> Table:
    return Table(
        gettext("办件"),
        (gettext("编号"), gettext("事项"), gettext("申请人"), gettext("状态"), gettext("期限")),
        [
            (
                Cell(row.number, href=f"/desk/cases/{row.number}/"),
                title_of(row),
                applicant_of(row),
                gettext(row.state_label),
                _due(row),
            )
            for row in rows
        ],
        caption_hidden=True,
        empty=gettext("没有办件。"),
    )


@requires(RECEIVE_HAND_OVER)
def hand_overs(request: HttpRequest) -> HttpResponse:
    """List what was granted and handed over for supervision."""
    rows = queries.list_hand_overs(department=official_of(request).department)
    ended = list_ended_of_cases(each.number for each in rows)
    ends = {number: end_of(licence) for number, licence in ended.items()}
    paired = [(each, ended.get(each.number), ends.get(each.number)) for each in rows]
    return page(request, "desk/hand_overs.html", {**frame(request), "rows": paired})


@requires(RECEIVE_HAND_OVER)
@require_POST
def receive_hand_over(request: HttpRequest, number: str) -> HttpResponse:
    """Sign for a hand-over."""
    cases.receive_hand_over(number=number, by=official_of(request), at=timezone.now())
    return redirect("desk:hand_overs")
