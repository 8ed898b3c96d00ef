"""One department asks another: for an opinion, or for its countersignature; the clock goes on."""

from datetime import date

from shuzheng.infrastructure.access.rules import declare_permission
from shuzheng.infrastructure.journal.rules import declare_entry_kind
from shuzheng.policy.refusals import Conflict, Invalid, gettext_noop
from shuzheng.support.cases.rules.refusals import CaseRefusal

ASK_OPINION = declare_permission("cases.ask_opinion", "就本部门事项征求其他部门意见、请其会签")
GIVE_OPINION = declare_permission("cases.give_opinion", "答复其他部门征求的意见、会签")

OPINION_ASKED = declare_entry_kind(
    "opinion.asked", "征求意见", facts=("number", "matter", "department", "due_on", "kind")
)
OPINION_GIVEN = declare_entry_kind(
    "opinion.given",
    "答复征求意见",
    facts=("number", "matter", "department_name", "stance", "post", "desk_link"),
)

KINDS = {"opinion": gettext_noop("征求意见"), "countersign": gettext_noop("会签")}
STANCES = {
    "agree": gettext_noop("同意"),
    "disagree": gettext_noop("不同意"),
    "none": gettext_noop("无意见"),
}
ELEMENT = "consultation"
MOST_WORKING_DAYS = 20


class DepartmentNotAsked(CaseRefusal, Invalid):
    """One asks another department, and one that has somebody to answer."""

    code = "department-not-asked"
    template = gettext_noop("不能向所选部门征求意见。")
    remedy = gettext_noop("请选择其他部门；该部门须有承担答复职责的岗位。")


class OpinionTooLate(CaseRefusal, Invalid):
    """An opinion comes within the case's own limit, which goes on meanwhile."""

    code = "opinion-too-late"
    template = gettext_noop("答复期限 {due_on} 晚于办件的期限 {limit}；征求意见不停止计时。")
    remedy = gettext_noop("请缩短答复天数。")


class DaysWrong(CaseRefusal, Invalid):
    """Between one working day and a month of them."""

    code = "opinion-days"
    template = gettext_noop("答复天数应为 1 至 {most} 个工作日。")


class AskedAlready(CaseRefusal, Conflict):
    """One question at a time to each department."""

    code = "opinion-asked-already"
    template = gettext_noop("已经在征求 {department} 的意见，尚未答复。")
    remedy = gettext_noop("请等待答复，或在逾期后联系对方。")


class StanceMissing(CaseRefusal, Invalid):
    """To agree or not is said, never assumed."""

    code = "stance-missing"
    template = gettext_noop("请选择同意、不同意或者无意见。")


class CountersignAwaited(CaseRefusal, Conflict):
    """A ruling waits for a countersignature, but never beyond the day it was due."""

    code = "countersign-awaited"
    template = gettext_noop("{department} 的会签尚未答复，期限至 {due_on}。")
    remedy = gettext_noop("请等待会签；逾期未答复的，可以不再等待，直接决定。")


def holds_up(*, kind: str, is_answered: bool, due_on: date, today: date) -> bool:
    """Say whether a ruling waits: for a countersignature, until its day is over.

    >>> day = date(2026, 11, 23)
    >>> holds_up(kind="countersign", is_answered=False, due_on=day, today=day)
    True
    >>> holds_up(kind="opinion", is_answered=False, due_on=day, today=day)
    False
    """
    return kind == "countersign" and not is_answered and today <= due_on


def require_days(working_days: int) -> None:
    """Refuse an odd number of days.

    Unit: working days.

    Raises:
        DaysWrong
    """
    if not 1 <= working_days <= MOST_WORKING_DAYS:
        raise DaysWrong(most=MOST_WORKING_DAYS, field="working_days")
