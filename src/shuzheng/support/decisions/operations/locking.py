"""Getting a draft, and the version under it, for writing."""

from datetime import datetime

from shuzheng.infrastructure.access.rules import Actor
from shuzheng.infrastructure.journal.operations import append
from shuzheng.infrastructure.journal.rules import EntryKind
from shuzheng.support.decisions.models import DecisionDraft, DecisionVersion, DraftState
from shuzheng.support.decisions.queries import Version, get_model_text, get_version
from shuzheng.support.decisions.rules import (
    DraftBelongsToAnother,
    DraftChangesNothing,
    DraftInOtherState,
    DraftUnknown,
    DraftUnsound,
    VersionOutdated,
    examine,
    require_owner,
    says_the_same,
    write_cases,
)

OPEN_TO_DRAFTER = (DraftState.DRAFTING, DraftState.SENT_BACK, DraftState.WAITING)


def lock_draft(draft: int) -> DecisionDraft:
    """Lock a draft.

    Raises:
        DraftUnknown: there is no such draft.
    """
    row = DecisionDraft.objects.select_for_update(of=("self",)).filter(id=draft).first()
    if row is None:
        raise DraftUnknown(draft=draft)
    return row


def lock_own_draft(draft: int, by: Actor) -> DecisionDraft:
    """Lock a draft for its drafter, who takes it back by that if it waits for review.

    Raises:
        DraftUnknown, DraftBelongsToAnother, DraftInOtherState: it is not theirs to change now.
        DecisionOfOtherDepartment: the drafter is of another department by now.
    """
    row = lock_draft(draft)
    if row.drafted_by != by.account:
        raise DraftBelongsToAnother(by=row.drafted_name)
    require_state(row, *OPEN_TO_DRAFTER)
    base = get_version(row.base_id)
    require_owner(by, base.department, title=base.title)
    return row


def require_state(row: DecisionDraft, *states: str) -> None:
    """Refuse unless the draft is in one of the states.

    Raises:
        DraftInOtherState: it is in another.
    """
    if row.state not in states:
        raise DraftInOtherState(state=row.get_state_display())


def lock_version_in_force(base: int) -> Version:
    """Return a version that is in force; nobody publishes another until we are done.

    Raises:
        VersionOutdated: another version is in force by now, or none.
    """
    version = get_version(base)
    rows = DecisionVersion.objects.select_for_update().filter(key=version.key)
    newest = rows.order_by("-number").values_list("id", "number", "withdrawn_at").first()
    if newest is None or newest[0] != base or newest[2] is not None:
        number = newest[1] if newest else version.number
        raise VersionOutdated(title=version.title, number=number)
    return version


def require_sound(base: Version, row: DecisionDraft) -> None:
    """Refuse a draft that could not be published.

    Raises:
        DraftUnsound: it cannot be read, is faulty, or an example does not come out.
        DraftChangesNothing: it says what the version in force says.
    """
    xml = bytes(row.xml)
    found = examine(before=base.model, xml=xml, decision=base.decision, cases=row.cases)
    if found.problems:
        raise DraftUnsound(title=base.title, problems=found.problems)
    has_other_cases = write_cases(found.cases) != write_cases(base.cases)
    if not has_other_cases and says_the_same(xml, get_model_text(base.id)):
        raise DraftChangesNothing(title=base.title)


def note_draft(
    kind: EntryKind, row: DecisionDraft, *, by: Actor, at: datetime, **more: object
) -> None:
    """Append an entry about a draft; ``drafter`` is the post that is told what comes of it."""
    base = get_version(row.base_id)
    facts = {
        "key": base.key,
        "title": base.title,
        "draft": row.pk,
        "base": base.number,
        "revision": row.revision,
        "drafter": row.drafted_post,
    }
    append(actor=by, kind=kind, subject=f"decision:{base.key}", at=at, facts={**facts, **more})
