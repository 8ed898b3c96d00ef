"""How long the window may answer and the applicant may correct; after that the law has answered."""

from datetime import date

from shuzheng.policy.refusals import Conflict, gettext_noop
from shuzheng.support.cases.rules.refusals import CaseRefusal


class AlreadyDeemedAccepted(CaseRefusal, Conflict):
    """Nobody answered in time: the case counts as accepted since it was received."""

    code = "already-deemed-accepted"
    template = gettext_noop("答复期限已于 {due_on} 届满，该申请自收到之日起即为受理。")
    remedy = gettext_noop(
        "系统随即按视为受理办理（行政许可法第三十二条），不能再告知补正或者不予受理。"
    )


class CorrectionOverdue(CaseRefusal, Conflict):
    """The deadline of the correction has passed: the application counts as withdrawn."""

    code = "correction-overdue"
    template = gettext_noop("补正期限已于 {deadline_on} 届满，申请视为撤回。")
    remedy = gettext_noop("已填写的内容都保留着，可以重新提交申请。")


def require_answerable(*, due_on: date | None, today: date) -> None:
    """Let an answer pass that comes within the days the law gives for it.

    Args:
        due_on: last day of the period to answer; nothing if none runs.

    Source: 行政许可法 第三十二条第一款第四项.

    Raises:
        AlreadyDeemedAccepted: the last day has passed.
    """
    if due_on is not None and today > due_on:
        raise AlreadyDeemedAccepted(due_on=due_on.isoformat())


def require_correctable(*, deadline_on: date, today: date) -> None:
    """Let a correction pass that comes by its deadline, whether or not a timer has fired.

    Source: 浙江省保障“最多跑一次”改革规定 第十一条第三款.

    Raises:
        CorrectionOverdue: the deadline has passed.
    """
    if today > deadline_on:
        raise CorrectionOverdue(deadline_on=deadline_on.isoformat())
