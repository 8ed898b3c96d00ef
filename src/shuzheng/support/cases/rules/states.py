"""The states of a case and what may follow; the words people read for them."""

from enum import StrEnum

from shuzheng.policy.refusals import gettext_noop
from shuzheng.support.cases.rules.refusals import CaseStateForbids


class State(StrEnum):
    """Where a case stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    CORRECTING = "correcting"
    ACCEPTED = "accepted"
    RULED = "ruled"
    CLOSED = "closed"
    NOT_ACCEPTED = "not_accepted"
    WITHDRAWN = "withdrawn"
    DEEMED_WITHDRAWN = "deemed_withdrawn"
    ACCEPTANCE_REVOKED = "acceptance_revoked"
    CANCELLED = "cancelled"


LABELS = {
    State.DRAFT: gettext_noop("草稿"),
    State.SUBMITTED: gettext_noop("已提交，待受理"),
    State.CORRECTING: gettext_noop("待补正"),
    State.ACCEPTED: gettext_noop("办理中"),
    State.RULED: gettext_noop("已作出决定"),
    State.CLOSED: gettext_noop("已办结"),
    State.NOT_ACCEPTED: gettext_noop("不予受理"),
    State.WITHDRAWN: gettext_noop("已撤回"),
    State.DEEMED_WITHDRAWN: gettext_noop("逾期未补正，视为撤回"),
    State.ACCEPTANCE_REVOKED: gettext_noop("撤销受理"),
    State.CANCELLED: gettext_noop("不再办理"),
}

FOLLOWS = {
    State.DRAFT: {State.SUBMITTED, State.WITHDRAWN},
    State.SUBMITTED: {
        State.CORRECTING,
        State.ACCEPTED,
        State.NOT_ACCEPTED,
        State.WITHDRAWN,
    },
    State.CORRECTING: {State.SUBMITTED, State.DEEMED_WITHDRAWN, State.WITHDRAWN},
    State.ACCEPTED: {
        State.RULED,
        State.CLOSED,
        State.WITHDRAWN,
        State.ACCEPTANCE_REVOKED,
        State.CANCELLED,
    },
    State.RULED: {State.CLOSED},
    State.CLOSED: set[State](),
    State.NOT_ACCEPTED: set[State](),
    State.WITHDRAWN: set[State](),
    State.DEEMED_WITHDRAWN: set[State](),
    State.ACCEPTANCE_REVOKED: set[State](),
    State.CANCELLED: set[State](),
}
ENDS = frozenset(state for state, following in FOLLOWS.items() if not following)
APPLICANT_MAY_WITHDRAW = frozenset({State.DRAFT, State.SUBMITTED, State.CORRECTING, State.ACCEPTED})


def label(state: str) -> str:
    """Return the words for a state."""
    return LABELS[State(state)]


def require(
    *, number: str, state: str, allowed: frozenset[State] | set[State], action: str
) -> None:
    """Refuse unless the state is one of the allowed.

    Raises:
        CaseStateForbids: it is another.
    """
    if State(state) not in allowed:
        raise CaseStateForbids(number=number, state=label(state), action=action)


def follow(*, number: str, state: str, to: State) -> State:
    """Return the next state if it may follow.

    Raises:
        CaseStateForbids: it may not.
    """
    if to not in FOLLOWS[State(state)]:
        raise CaseStateForbids(number=number, state=label(state), action=f"转为“{LABELS[to]}”")
    return to
