"""What follows a grant made on a commitment: a check in time, putting right, or revocation.

Source: 浙江省保障“最多跑一次”改革规定 第十四条; 消防法 第十五、五十八条.
"""

from datetime import date
from enum import StrEnum

from shuzheng.infrastructure.access.rules import declare_permission
from shuzheng.infrastructure.journal.rules import declare_entry_kind
from shuzheng.policy.refusals import Conflict, Invalid, gettext_noop
from shuzheng.support.cases.rules.refusals import CaseRefusal, DeadlineInPast, ReasonsMissing

CHECK_COMMITMENT = declare_permission("cases.check_commitment", "核查告知承诺的兑现情况")

CHECK_DUE = declare_entry_kind(
    "case.commitment_check_due", "产生承诺核查", facts=("number", "matter", "check_by_on", "link")
)
COMMITMENT_MET = declare_entry_kind(
    "case.commitment_met", "承诺核查通过", facts=("number", "matter", "link")
)
RECTIFICATION_ORDERED = declare_entry_kind(
    "case.rectification_ordered",
    "责令限期整改",
    facts=("number", "matter", "faults", "rectify_by_on", "clause", "link"),
)
COMMITMENT_BROKEN = declare_entry_kind(
    "case.commitment_broken", "整改后仍未达到条件", facts=("number", "matter", "link")
)
GRANT_REVOKED = declare_entry_kind(
    "case.grant_revoked",
    "撤销行政许可",
    facts=("number", "matter", "reasons", "clause", "citation", "remedies", "link"),
)
BAR_LIFTED = declare_entry_kind(
    "case.commitment_bar_lifted",
    "恢复适用告知承诺",
    facts=("number", "matter", "reasons", "link"),
)


class CheckState(StrEnum):
    """How far a check has come; the value is stored."""

    DUE = "due"
    RECTIFYING = "rectifying"
    FAILED = "failed"
    PASSED = "passed"
    REVOKED = "revoked"


class TwoOfficersNeeded(CaseRefusal, Invalid):
    """The facts are verified by two or more staff (行政许可法 第三十四条)."""

    code = "two-officers-needed"
    template = gettext_noop("核查应当由两名以上工作人员进行。")


class FindingsMissing(CaseRefusal, Invalid):
    """What was found is written down (最多跑一次规定 第三十六条第二款)."""

    code = "findings-missing"
    template = gettext_noop("请记录核查情况。")


class FaultsMissing(CaseRefusal, Invalid):
    """An order to put right names what."""

    code = "faults-missing"
    template = gettext_noop("请写明需要整改的内容和整改期限。")


class CheckInFuture(CaseRefusal, Invalid):
    """A check is recorded after it was made."""

    code = "check-in-future"
    template = gettext_noop("核查日期 {checked_on} 还没有到。")


class RectificationRuns(CaseRefusal, Conflict):
    """Nobody has failed to put right before the time for it is over."""

    code = "rectification-runs"
    template = gettext_noop("整改期限到 {rectify_by_on}，期满之前不能认定整改不到位。")
    remedy = gettext_noop("已经整改到位的可以提前认定；否则请在期满之后核查。")


class CommitmentBarred(CaseRefusal, Invalid):
    """This matter is not granted to this holder on a commitment until repaired."""

    code = "commitment-barred"
    template = gettext_noop("“{matter}”曾因承诺没有兑现被撤销许可，暂不适用告知承诺。")
    remedy = gettext_noop("请选择不采用告知承诺的方式；信用修复之后可以恢复适用。")


def next_state(state: str, *, is_met: bool, today: date, rectify_by_on: date | None) -> CheckState:
    """Return where a finding leads: passed, put right first, or — after that — failed.

    Args:
        rectify_by_on: until when it was to be put right, where that was ordered.

    Raises:
        RectificationRuns: it is found wanting before its time to put right is over.
    """
    if is_met:
        return CheckState.PASSED
    if state == CheckState.DUE:
        return CheckState.RECTIFYING
    if rectify_by_on is not None and today <= rectify_by_on:
        raise RectificationRuns(rectify_by_on=rectify_by_on.isoformat())
    return CheckState.FAILED


def require_order(*, faults: str, rectify_by_on: date | None, today: date) -> date:
    """Return the deadline of an order that names what to put right, and leaves time for it.

    Raises:
        FaultsMissing, DeadlineInPast.
    """
    if not faults.strip() or rectify_by_on is None:
        raise FaultsMissing(field="faults")
    if rectify_by_on <= today:
        raise DeadlineInPast(field="rectify_by_on", deadline=rectify_by_on.isoformat())
    return rectify_by_on


def require_findings(
    *, officers: tuple[str, ...], findings: str, checked_on: date, today: date
) -> None:
    """Let a record pass that says who looked, when, and what they found.

    Raises:
        TwoOfficersNeeded, FindingsMissing, CheckInFuture.
    """
    if len(set(officers)) < 2:  # noqa: PLR2004 - the law's own number
        raise TwoOfficersNeeded(field="officers")
    if not findings.strip():
        raise FindingsMissing(field="findings")
    if checked_on > today:
        raise CheckInFuture(field="checked_on", checked_on=checked_on.isoformat())


def require_reasons(reasons: str) -> str:
    """Return reasons without the blanks around them.

    Raises:
        ReasonsMissing: there are none.
    """
    if not reasons.strip():
        raise ReasonsMissing(field="reasons")
    return reasons.strip()
