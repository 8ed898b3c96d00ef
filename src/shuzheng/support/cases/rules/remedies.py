"""What may be sought against a decision on an application, and how it may end.

复核 is not among them: it belongs to supervision and credit, not to licensing
(行政许可法 第七条 names 行政复议 and 行政诉讼).
"""

from datetime import date
from enum import StrEnum

from shuzheng.infrastructure.access.rules import declare_permission
from shuzheng.infrastructure.journal.rules import declare_entry_kind
from shuzheng.policy.refusals import Conflict, Invalid, NotFound, gettext_noop
from shuzheng.support.cases.rules.refusals import CaseRefusal

RECORD_REMEDY = declare_permission("cases.record_remedy", "登记行政复议、行政诉讼及其结果")

REMEDY_SOUGHT = declare_entry_kind(
    "case.remedy_sought", "登记救济", facts=("number", "matter", "remedy", "organ", "sought_on")
)
REMEDY_DECIDED = declare_entry_kind(
    "case.remedy_decided",
    "登记救济结果",
    facts=("number", "matter", "remedy", "result", "result_on"),
)


class RemedyKind(StrEnum):
    """Which remedy; the value is stored."""

    REVIEW = "review"
    LAWSUIT = "lawsuit"


KINDS = {
    RemedyKind.REVIEW: gettext_noop("行政复议"),
    RemedyKind.LAWSUIT: gettext_noop("行政诉讼"),
}
RESULTS = {
    "upheld": gettext_noop("维持"),
    "set_aside": gettext_noop("撤销"),
    "changed": gettext_noop("变更"),
    "unlawful": gettext_noop("确认违法"),
    "to_perform": gettext_noop("责令履行"),
    "dismissed": gettext_noop("驳回"),
    "ended": gettext_noop("终止"),
}
"""How a remedy ends (行政复议法实施条例(2007-05-29) 第四十二至四十八条)."""
FOLLOWED_UP = frozenset({"set_aside", "changed", "unlawful", "to_perform"})
"""Results after which the department has to do something, which is written down."""


class NothingToContest(CaseRefusal, Conflict):
    """There is no decision yet."""

    code = "nothing-to-contest"
    template = gettext_noop("办件 {number} 还没有可以申请救济的决定。")


class RemedyIncomplete(CaseRefusal, Invalid):
    """What was sought where and when; what came of it and what follows."""

    code = "remedy-incomplete"
    template = gettext_noop("请写明{missing}。")


class RemedyInFuture(CaseRefusal, Invalid):
    """It is recorded after it happened, and not before the decision."""

    code = "remedy-day"
    template = gettext_noop("日期 {day} 应当在 {earliest} 与今天之间。")


class RemedyNotFound(CaseRefusal, NotFound):
    """No such remedy is open in a case of this department."""

    code = "remedy-not-found"
    template = gettext_noop("没有找到等待结果的救济。")


def require_sought(*, kind: str, organ: str, sought_on: date, earliest: date, today: date) -> None:
    """Let the record of a remedy pass: its kind, its organ, a day after the decision.

    Raises:
        RemedyIncomplete, RemedyInFuture.
    """
    if kind not in set(RemedyKind) or not organ.strip():
        raise RemedyIncomplete(field="organ", missing="救济途径和受理机关")
    require_day(day=sought_on, earliest=earliest, today=today)


def require_result(
    *, result: str, result_on: date, consequence: str, sought_on: date, today: date
) -> None:
    """Let the record of a result pass; one that asks something of the department says what.

    Raises:
        RemedyIncomplete, RemedyInFuture.
    """
    if result not in RESULTS:
        raise RemedyIncomplete(field="result", missing="结果")
    if result in FOLLOWED_UP and not consequence.strip():
        raise RemedyIncomplete(field="consequence", missing="后续处理")
    require_day(day=result_on, earliest=sought_on, today=today)


def require_day(*, day: date, earliest: date, today: date) -> None:
    """Refuse a day that has not come or lies before what it follows.

    Raises:
        RemedyInFuture.
    """
    if not earliest <= day <= today:
        raise RemedyInFuture(day=day.isoformat(), earliest=earliest.isoformat())
