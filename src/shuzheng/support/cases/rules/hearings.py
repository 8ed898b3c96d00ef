"""When a hearing may be asked for, announced and held; the days come from content.

Source: 行政许可法 第四十六至四十八条.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time

from shuzheng.infrastructure.journal.rules import declare_entry_kind
from shuzheng.policy.refusals import Conflict, Invalid, gettext_noop
from shuzheng.support.cases.rules.refusals import CaseRefusal
from shuzheng.support.identity.rules.acting import own_name

HEARING = "hearing"
"""The special procedure that a hearing is, among the eight of the law."""
HEARING_TOLD = declare_entry_kind(
    "case.hearing_told",
    "告知听证权利",
    facts=("number", "matter", "reasons", "ask_by_on", "clause", "link"),
)
HEARING_ASKED = declare_entry_kind(
    "case.hearing_asked", "申请听证", facts=("number", "matter", "who", "hold_by_on", "link")
)
HEARING_ANNOUNCED = declare_entry_kind(
    "case.hearing_announced",
    "通知听证",
    facts=("number", "matter", "held_on", "begins", "place", "chair", "link"),
)
HEARING_HELD = declare_entry_kind(
    "case.hearing_held", "举行听证", facts=("number", "matter", "held_on", "link")
)


class NoHearingProvided(CaseRefusal, Invalid):
    """The matter's content names no hearing with its clauses."""

    code = "hearing-not-provided"
    template = gettext_noop("事项“{matter}”没有登记听证程序。")


class HearingAlreadyTold(CaseRefusal, Conflict):
    """The right is told once."""

    code = "hearing-already-told"
    template = gettext_noop("办件 {number} 已经告知过听证权利。")


class HearingNotTold(CaseRefusal, Conflict):
    """Nobody was told of a right to a hearing, or one was asked for already."""

    code = "hearing-not-open"
    template = gettext_noop("办件 {number} 现在不能申请听证。")


class HearingAskedLate(CaseRefusal, Conflict):
    """The days to ask have passed."""

    code = "hearing-asked-late"
    template = gettext_noop("申请听证的期限已于 {ask_by_on} 届满。")


class HearingRightRuns(CaseRefusal, Conflict):
    """Nothing is decided while a hearing may still be asked for."""

    code = "hearing-right-runs"
    template = gettext_noop("{ask_by_on} 前仍可申请听证，期满之前不能作出决定。")


class HearingNotHeld(CaseRefusal, Conflict):
    """A hearing was asked for or ordered: the decision rests on its record."""

    code = "hearing-not-held"
    template = gettext_noop("听证还没有举行并制作笔录。")
    remedy = gettext_noop("请先组织听证、记录笔录，再根据笔录作出决定（行政许可法第四十八条）。")


class HearingNotStartedHere(CaseRefusal, Conflict):
    """A hearing stops the clock when it is asked for or ordered, and in no other way."""

    code = "hearing-not-started-here"
    template = gettext_noop("听证从有人申请或者本机关决定组织时起中止期限，不能在这里启动。")
    remedy = gettext_noop("请用“告知听证权利”或者“依职权组织听证”。")


class HearingTooSoon(CaseRefusal, Invalid):
    """Those concerned are told in time before it."""

    code = "hearing-too-soon"
    template = gettext_noop("应当在{notice}前通知，最早可以定在 {earliest}。")


class HearingTooLate(CaseRefusal, Invalid):
    """It is held within the days the law gives for it."""

    code = "hearing-too-late"
    template = gettext_noop("应当在 {hold_by_on} 前组织听证。")


class ChairReviewed(CaseRefusal, Invalid):
    """Who reviewed the application does not chair (行政许可法 第四十八条第三项)."""

    code = "hearing-chair-reviewed"
    template = gettext_noop("{chair} 审查过本申请，不能主持听证。")
    remedy = gettext_noop("请指定审查人员以外的人主持。")


class HearingIncomplete(CaseRefusal, Invalid):
    """Time, place, chair; who attended, and a record they confirmed."""

    code = "hearing-incomplete"
    template = gettext_noop("请写明{missing}。")


class HearingInFuture(CaseRefusal, Invalid):
    """A hearing is recorded after it was held."""

    code = "hearing-in-future"
    template = gettext_noop("听证定在 {held_on}，还没有举行。")


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """What is said of a hearing before it, as it was typed.

    Attributes:
        joining: how the public takes part, where it may.
        parties: names of those concerned besides the applicant; each gets a notice of their own.
    """

    held_on: date
    begins: time | None
    place: str
    chair: str
    joining: str = ""
    parties: tuple[str, ...] = ()


def require_askable(*, number: str, ask_by_on: date | None, is_asked: bool, today: date) -> None:
    """Let a request pass that somebody told of the right makes in its days.

    Args:
        ask_by_on: last day to ask; nothing if nobody was told.

    Raises:
        HearingNotTold, HearingAskedLate.
    """
    if ask_by_on is None or is_asked:
        raise HearingNotTold(number=number)
    if today > ask_by_on:
        raise HearingAskedLate(ask_by_on=ask_by_on.isoformat())


def require_settled(*, ask_by_on: date | None, is_asked: bool, is_held: bool, today: date) -> None:
    """Let a decision pass that no hearing stands before.

    Raises:
        HearingRightRuns, HearingNotHeld.
    """
    if is_held:
        return
    if is_asked:
        raise HearingNotHeld
    if ask_by_on is not None and today <= ask_by_on:
        raise HearingRightRuns(ask_by_on=ask_by_on.isoformat())


def require_announceable(
    said: Announcement,
    *,
    earliest: date,
    hold_by_on: date | None,
    notice: str,
    reviewers: Iterable[str],
) -> None:
    """Let an announcement pass that comes in time, with a chair who did not review.

    Args:
        earliest: first day that leaves those concerned their notice.
        hold_by_on: last day to hold it, where the law sets one.
        notice: that period in words.

    Raises:
        HearingIncomplete, ChairReviewed, HearingTooSoon, HearingTooLate.
    """
    chair = said.chair.strip()
    if not chair or not said.place.strip() or said.begins is None:
        raise HearingIncomplete(missing="时间、地点和主持人")
    if own_name(chair) in map(own_name, reviewers):
        raise ChairReviewed(field="chair", chair=chair)
    if said.held_on < earliest:
        raise HearingTooSoon(field="held_on", notice=notice, earliest=earliest.isoformat())
    if hold_by_on is not None and said.held_on > hold_by_on:
        raise HearingTooLate(field="held_on", hold_by_on=hold_by_on.isoformat())


def clock_time(begins: time | None) -> str:
    """Return the time of day as it is written; empty if none was said.

    >>> clock_time(time(9, 30)), clock_time(None)
    ('09:30', '')
    """
    return begins.strftime("%H:%M") if begins else ""


def require_record(
    *, held_on: date | None, attendants: tuple[str, ...], minutes: str, today: date
) -> None:
    """Let a record pass that tells who attended and what was said, once it was held.

    Raises:
        HearingNotHeld: it was never announced.
        HearingInFuture, HearingIncomplete.
    """
    if held_on is None:
        raise HearingNotHeld
    if today < held_on:
        raise HearingInFuture(held_on=held_on.isoformat())
    if not attendants or not minutes.strip():
        raise HearingIncomplete(missing="参加人和笔录")
