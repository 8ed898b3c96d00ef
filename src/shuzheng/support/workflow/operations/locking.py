"""Getting a draft and the version under it for writing."""

from datetime import datetime

from shuzheng.infrastructure.access.rules import Actor
from shuzheng.support.workflow.models import DraftState, FlowDraft, FlowVersion
from shuzheng.support.workflow.operations.publishing import problems_in_use
from shuzheng.support.workflow.queries import check_drawing
from shuzheng.support.workflow.rules import read_flow
from shuzheng.support.workflow.rules.draft_refusals import (
    DraftBelongsToAnother,
    DraftInOtherState,
    DraftUnknown,
    DraftUnsound,
    FlowKeyTaken,
    FlowOfOtherDepartment,
    VersionOutdated,
)

OPEN_TO_DRAFTER = frozenset({DraftState.DRAFTING, DraftState.SENT_BACK})


def lock_draft(draft: int) -> FlowDraft:
    """Lock a draft.

    Raises:
        DraftUnknown: there is no such draft.
    """
    row = FlowDraft.objects.select_for_update(of=("self",)).filter(id=draft).first()
    if row is None:
        raise DraftUnknown(draft=draft)
    return row


def lock_own_draft(draft: int, by: Actor, *states: DraftState) -> FlowDraft:
    """Lock a draft for its drafter.

    Raises:
        DraftUnknown, DraftBelongsToAnother, DraftInOtherState: it is not theirs to change.
        FlowOfOtherDepartment: the drafter has moved to another department since.
    """
    row = lock_draft(draft)
    require_own_department(row.department, row.title, by)
    if row.drafted_by != by.account:
        raise DraftBelongsToAnother(by=row.drafted_name)
    require_state(row, *(states or OPEN_TO_DRAFTER))
    return row


def require_state(row: FlowDraft, *states: str) -> None:
    """Refuse unless the draft is in one of the states.

    Raises:
        DraftInOtherState: it is in another.
    """
    if row.state not in states:
        raise DraftInOtherState(state=row.get_state_display())


def require_own_department(department: str, title: str, by: Actor) -> None:
    """Refuse unless the actor is an official of the department that owns the flow.

    Raises:
        FlowOfOtherDepartment: it is another's, or nobody's.
    """
    if by.kind != "official" or not department or by.department != department:
        raise FlowOfOtherDepartment(title=title)


def require_in_force(row: FlowDraft) -> None:
    """Refuse unless the draft's base is still in force; nobody publishes until we are done.

    Raises:
        VersionOutdated: another version is in force by now.
        FlowKeyTaken: the flow was to be new, and somebody has published one of that key.
    """
    rows = FlowVersion.objects.select_for_update().filter(key=row.key).order_by("-number")
    newest = rows.values_list("id", "number", "withdrawn_at").first()
    if row.base_id is None:
        if newest is not None:
            raise FlowKeyTaken(key=row.key)
    elif newest is None or newest[0] != row.base_id or newest[2] is not None:
        raise VersionOutdated(title=row.title, number=newest[1] if newest else 0)


def require_sound(row: FlowDraft, at: datetime) -> None:
    """Refuse a drawing that cannot run, or whose tasks no post could do; warnings pass.

    Raises:
        DraftUnsound: it has errors.
    """
    problems = check_drawing(bytes(row.xml), key=row.key, process=row.process, at=at)
    errors = tuple(problem for problem in problems if problem.severity == "error")
    if not errors:
        flow = read_flow(bytes(row.xml), process=row.process)
        errors = problems_in_use(row.key, flow)
    if errors:
        raise DraftUnsound(title=row.title, problems=errors)
