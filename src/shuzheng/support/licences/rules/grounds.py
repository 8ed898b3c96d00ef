"""On which grounds a licence is withdrawn, revoked, forfeited or cancelled; content names them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from shuzheng.policy.refusals import Conflict, Invalid, gettext_noop
from shuzheng.support.licences.rules.refusals import LicenceRefusal
from shuzheng.support.licences.rules.states import (
    CANCEL,
    FORFEIT,
    REVOKE,
    WITHDRAW,
    End,
    LicenceState,
    may_end,
)

EndKey = Literal["withdraw", "revoke", "forfeit", "cancel"]
ENDS: dict[str, End] = {
    "withdraw": WITHDRAW,
    "revoke": REVOKE,
    "forfeit": FORFEIT,
    "cancel": CANCEL,
}
ENDED = frozenset({LicenceState.WITHDRAWN, LicenceState.REVOKED, LicenceState.FORFEITED})


@dataclass(frozen=True, slots=True)
class Ground:
    """A ground for one of the four ends, as a law gives it.

    Attributes:
        end: which of the four it leads to.
        requires: ``ended`` after another end, ``expired`` after its last day; empty for neither.
        citation: the clause, as a citation writes itself.
        basis: the clause in one line.
    """

    key: str
    end: EndKey
    text: str
    citation: dict[str, Any]
    basis: str
    requires: Literal["", "ended", "expired"] = ""


class GroundUnknown(LicenceRefusal, Invalid):
    """A licence ends only on a ground that its type's content names."""

    code = "licence-ground-unknown"
    template = gettext_noop("请选择《{title}》可以适用的情形。")


class GroundDoesNotApply(LicenceRefusal, Conflict):
    """The licence is not in the situation that the ground presumes."""

    code = "licence-ground-not-met"
    template = gettext_noop("证照 {number} 不属于“{ground}”的情形。")
    remedy = gettext_noop("请核对证照的状态和有效期，选择相应的情形。")


def ground_of(grounds: Iterable[Ground], key: str, *, title: str) -> Ground:
    """Return the ground of that key.

    Raises:
        GroundUnknown: the type names none.
    """
    found = next((each for each in grounds if each.key == key), None)
    if found is None:
        raise GroundUnknown(field="ground", title=title)
    return found


def is_met(ground: Ground, *, state: LicenceState, valid_until: date | None, today: date) -> bool:
    """Say whether the licence is in the situation that the ground presumes."""
    match ground.requires:
        case "ended":
            return state in ENDED
        case "expired":
            return valid_until is not None and today > valid_until
        case _:
            return state not in ENDED


def applicable(
    grounds: Iterable[Ground], *, state: LicenceState, valid_until: date | None, today: date
) -> tuple[Ground, ...]:
    """Return the grounds on which a licence in this situation can end."""
    return tuple(
        each
        for each in grounds
        if may_end(ENDS[each.end], state)
        and is_met(each, state=state, valid_until=valid_until, today=today)
    )
