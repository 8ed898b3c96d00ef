"""When a joint visit may be: a day to come, within what waits for it."""

from datetime import date, time

from shuzheng.infrastructure.journal.rules import declare_entry_kind
from shuzheng.policy.refusals import Invalid, gettext_noop
from shuzheng.support.cases.rules.refusals import CaseRefusal

VISIT_PLANNED = declare_entry_kind(
    "case.visit_planned",
    "约定联合现场核查",
    facts=("number", "matter", "planned_on", "begins_at", "posts", "link"),
)


class VisitPlanIncomplete(CaseRefusal, Invalid):
    """The applicant has to know the day and the hour."""

    code = "visit-plan-incomplete"
    template = gettext_noop("请填写核查的日期和开始时间。")


class VisitPlanInPast(CaseRefusal, Invalid):
    """A visit is announced before it is made."""

    code = "visit-plan-in-past"
    template = gettext_noop("约定的核查日期 {planned_on} 已经过了。")


class VisitPlanTooLate(CaseRefusal, Invalid):
    """The visit is inside the periods of the matters that wait for it."""

    code = "visit-plan-too-late"
    template = gettext_noop("约定的核查日期 {planned_on} 晚于任务的期限 {due_on}。")
    remedy = gettext_noop("请另约一个更早的日期；核查的时间计算在办理期限之内。")


def require_plan(
    *, planned_on: date | None, begins_at: time | None, due_on: date | None, today: date
) -> tuple[date, time]:
    """Return the day and the hour of a visit that can be announced.

    Source: 行政许可法 第三十四条第三款; 最多跑一次规定 第十八条第二款.

    Raises:
        VisitPlanIncomplete, VisitPlanInPast, VisitPlanTooLate.
    """
    if planned_on is None or begins_at is None:
        raise VisitPlanIncomplete(field="planned_on" if planned_on is None else "begins_at")
    day = planned_on.isoformat()
    if planned_on < today:
        raise VisitPlanInPast(field="planned_on", planned_on=day)
    if due_on is not None and planned_on > due_on >= today:
        raise VisitPlanTooLate(field="planned_on", planned_on=day, due_on=due_on.isoformat())
    return planned_on, begins_at.replace(second=0, microsecond=0, tzinfo=None)
