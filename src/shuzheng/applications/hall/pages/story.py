"""The story of a case in steps: happened, now, next."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from django.utils.translation import gettext

from shuzheng.infrastructure.web.operations import local, title_of
from shuzheng.infrastructure.web.rules import Step
from shuzheng.support.cases.queries import Progress, expected_on
from shuzheng.support.cases.rules import State
from shuzheng.support.matters.rules import Matter

FRONT = {State.DRAFT: 0, State.SUBMITTED: 1, State.CORRECTING: 1, State.ACCEPTED: 2}
ENDED = 3
UNDECIDED_ENDS = frozenset(
    {
        State.NOT_ACCEPTED,
        State.DEEMED_WITHDRAWN,
        State.WITHDRAWN,
        State.ACCEPTANCE_REVOKED,
    }
)


def steps_of(
    progress: Progress, departments: Mapping[str, str], matters: Iterable[Matter] = ()
) -> tuple[Step, ...]:
    """Return the steps of a bundle with those of its matters; departments are named by code."""
    return (
        *_front(progress),
        *_members(progress, departments),
        *_waiting(progress, departments, matters),
        *_end(progress),
    )


def _front(progress: Progress) -> Iterator[Step]:
    case = progress.case
    place = FRONT.get(State(case.state), ENDED)
    yield Step(
        gettext("提交申请"),
        "done" if place > 0 else "now",
        at=case.submitted_at,
        who=gettext("申请人（代办员代填）") if case.is_helped else gettext("申请人"),
    )
    if progress.correction:
        yield _correction(progress)
    yield _acceptance(progress, place)


def _correction(progress: Progress) -> Step:
    correction = progress.correction or {}
    is_answered = correction["answered_at"] is not None
    return Step(
        gettext("补正材料"),
        "done" if is_answered else "now",
        at=correction["answered_at"] or correction["asked_at"],
        due_on=None if is_answered else correction["deadline_on"],
        who=gettext("申请人"),
        text=";".join(each["text"] for each in correction["items"]),
    )


def _acceptance(progress: Progress, place: int) -> Step:
    state = State(progress.case.state)
    waiting = next((each for each in progress.clocks if each.kind == "receiving"), None)
    if state in UNDECIDED_ENDS:
        return Step(
            gettext(progress.case.state_label),
            "done",
            at=progress.case.closed_at,
            who=gettext("申请人") if state == State.WITHDRAWN else gettext("综合窗口"),
        )
    if place >= FRONT[State.ACCEPTED]:
        entry = next((each for each in progress.clocks if each.kind == "promise"), None)
        return Step(
            gettext("受理"),
            "done",
            at=entry.started_on if entry else None,
            who=gettext("综合窗口"),
            text=gettext("各部门的期限从这一天起算，依次办理的从前一部门告知之日起算。"),
        )
    return Step(
        gettext("等待受理"),
        "now" if state == State.SUBMITTED else "next",
        due_on=waiting.due_on if waiting and state != State.CORRECTING else None,
        who=gettext("综合窗口"),
        text=gettext("补正后重新起算") if state == State.CORRECTING else "",
    )


def _members(progress: Progress, departments: Mapping[str, str]) -> Iterator[Step]:
    for member in progress.members:
        case = member.case
        colour = case.light.colour
        is_done = member.ruling is not None or case.closed_at is not None
        task = next((each.name for each in member.tasks if each.state == "open"), "")
        yield Step(
            title_of(case),
            "done" if is_done else "now",
            at=member.ruling.ruled_on if member.ruling else None,
            due_on=None if is_done or case.is_suspended else case.due_on,
            who=local(departments.get(case.department, case.department)),
            text=_situation(member, progress, task) + _longer(member),
            light="" if colour == "none" or is_done or case.is_suspended else colour,
        )


def _waiting(
    progress: Progress, departments: Mapping[str, str], matters: Iterable[Matter]
) -> Iterator[Step]:
    """Yield the matters that start after another one; before acceptance none has begun."""
    begun = {each.variables.get("matter") for each in progress.members}
    for matter in matters:
        if progress.case.state == State.ACCEPTED and matter.key not in begun:
            yield Step(
                title_of(matter),
                "next",
                who=local(departments.get(matter.department, matter.department)),
                text=gettext("前一个事项办结后自动开始"),
            )


def _situation(member: Progress, root: Progress, task: str) -> str:
    if member.ruling or member.case.closed_at:
        return _outcome(member)
    if member.case.is_suspended:
        running = next(each for each in member.suspensions if each.to_on is None)
        words = gettext("期限中止：{reason}（依据 {reference}）")
        return words.format(reason=running.reason, reference=running.reference)
    if task:
        return gettext("正在办理：{task}").format(task=task)
    is_visited = member.variables.get("matter") in (root.variables.get("visit_matters") or ())
    if is_visited and not root.visit:
        return gettext("等待联合现场核查")
    return gettext("等待前一个事项办结")


def _outcome(member: Progress) -> str:
    if member.ruling is None:
        return gettext(member.case.state_label)
    if member.ruling.is_granted:
        return gettext("准予")
    return gettext("不予：{reasons}").format(reasons=member.ruling.reasons)


def _longer(member: Progress) -> str:
    """Return that the legal period was lengthened, and why; empty if it was not."""
    found = next((each for each in member.extensions if each.state == "approved"), None)
    if found is None or member.ruling:
        return ""
    words = gettext("；法定期限已延长{words}：{reason}（依据{reference}）")
    return words.format(words=found.words, reason=found.reasons, reference=found.reference)


def _end(progress: Progress) -> Iterator[Step]:
    case = progress.case
    promise = next((each for each in progress.clocks if each.kind == "promise"), None)
    if case.state == State.CLOSED:
        yield Step(gettext("统一送达"), "done", at=case.closed_at, who=gettext("综合窗口"))
    elif case.state not in UNDECIDED_ENDS:
        yield Step(
            gettext("统一送达"),
            "next",
            due_on=promise.due_on if promise else None,
            who=gettext("综合窗口"),
            text=_later(progress, promise.due_on if promise else None),
        )


def _later(progress: Progress, promised_on: date | None) -> str:
    """Return the day now expected where it is later than the promise; empty if it is not."""
    expected = expected_on(progress)
    if expected is None or promised_on is None or expected <= promised_on:
        return ""
    words = gettext("承诺的日期不变；按目前进展预计{day}前，原因见各事项。")
    return words.format(day=expected.isoformat())
