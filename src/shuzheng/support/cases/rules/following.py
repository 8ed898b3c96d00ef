"""Conditional acceptance (容缺受理): what may follow, by when, and what comes of it if it does not.

Source: 浙江省保障“最多跑一次”改革规定 第十一条第二款.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from shuzheng.infrastructure.journal.rules import declare_entry_kind
from shuzheng.policy.refusals import Conflict, Invalid, gettext_noop
from shuzheng.support.cases.rules.refusals import CaseRefusal, DeadlineInPast

LONGEST = timedelta(days=366)

ACCEPTED_CONDITIONALLY = declare_entry_kind(
    "case.accepted_conditionally",
    "容缺受理",
    facts=("number", "matter", "materials", "deadline_on", "link"),
)
TO_FOLLOW_DELIVERED = declare_entry_kind(
    "case.to_follow_delivered", "补交容缺材料", facts=("number", "matter", "link")
)
TO_FOLLOW_MET = declare_entry_kind(
    "case.to_follow_met", "容缺材料符合要求", facts=("number", "matter", "link")
)
ACCEPTANCE_REVOKED = declare_entry_kind(
    "case.acceptance_revoked",
    "撤销受理",
    facts=("number", "matter", "matters", "reason", "post", "link"),
)


class ToFollowDeadlineMissing(CaseRefusal, Invalid):
    """What may follow is told with its deadline, once, when it is accepted."""

    code = "to-follow-deadline-missing"
    template = gettext_noop("还缺{materials}，容缺受理要同时写明补交期限。")
    remedy = gettext_noop("请填写补交期限；它会一次性告知申请人。")


class ToFollowDeadlineTooFar(CaseRefusal, Invalid):
    """A deadline nobody will live to see is a slip of the keyboard."""

    code = "to-follow-deadline-too-far"
    template = gettext_noop("补交期限 {deadline} 超过一年，请检查年份。")


class ToFollowOver(CaseRefusal, Conflict):
    """The deadline has passed: what follows now comes too late."""

    code = "to-follow-over"
    template = gettext_noop("补交期限已于 {deadline_on} 届满。")
    remedy = gettext_noop("窗口将依法撤销受理；可以重新提交申请。")


class NothingToFollow(CaseRefusal, Conflict):
    """Nothing is missing, or it was delivered or settled before."""

    code = "nothing-to-follow"
    template = gettext_noop("办件 {number} 没有等待补交的材料。")


class NothingDelivered(CaseRefusal, Conflict):
    """What was never delivered cannot meet the requirements."""

    code = "nothing-delivered"
    template = gettext_noop("容缺材料没有补交，不能认定符合要求。")
    remedy = gettext_noop("请依法撤销受理并写明理由。")


class MaterialsToFollow(CaseRefusal, Conflict):
    """Nothing is granted while one of its materials is still to follow."""

    code = "materials-to-follow"
    template = gettext_noop("容缺材料（{materials}）尚未补齐，不能准予。")
    remedy = gettext_noop("请等待补交和核对；逾期的由窗口撤销受理。")


def require_deadline(*, materials: Iterable[str], deadline_on: date | None, today: date) -> date:
    """Return the deadline if it is one that the applicant can meet.

    Args:
        materials: names of what is missing.

    Raises:
        ToFollowDeadlineMissing, DeadlineInPast, ToFollowDeadlineTooFar.
    """
    if deadline_on is None:
        raise ToFollowDeadlineMissing(field="to_follow_by", materials="、".join(materials))
    if deadline_on <= today:
        raise DeadlineInPast(field="to_follow_by", deadline=deadline_on.isoformat())
    if deadline_on - today > LONGEST:
        raise ToFollowDeadlineTooFar(field="to_follow_by", deadline=deadline_on.isoformat())
    return deadline_on


def require_deliverable(
    *, number: str, deadline_on: date | None, is_delivered: bool, today: date
) -> None:
    """Let a material pass that was to follow, has not been handed in, and comes in time.

    Args:
        deadline_on: nothing if nothing was to follow.

    Raises:
        NothingToFollow, ToFollowOver.
    """
    if deadline_on is None or is_delivered:
        raise NothingToFollow(number=number)
    if today > deadline_on:
        raise ToFollowOver(deadline_on=deadline_on.isoformat())


def matters_concerned(
    materials: Iterable[Mapping[str, Any]], chosen: Iterable[str]
) -> tuple[str, ...]:
    """Return the chosen matters whose acceptance rests on these materials.

    Args:
        materials: each with ``matters``, the keys of the matters that ask for it; none for a
            material of the bundle, on which all rest.
    """
    asked = [set(each["matters"]) for each in materials]
    return tuple(key for key in chosen if any(not keys or key in keys for keys in asked))
