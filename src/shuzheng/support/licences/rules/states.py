"""The life of a licence; its four ends are four different acts.

撤回 takes back a lawful licence when law or facts changed (行政许可法 第八条), 撤销 undoes one
that should not have been granted (第六十九条), 吊销 is a penalty (行政处罚法 第九条), 注销 is the
formal cancellation after these or after expiry, death, dissolution (行政许可法 第七十条).
"""

from dataclasses import dataclass
from enum import StrEnum

from shuzheng.policy.refusals import gettext_noop


class LicenceState(StrEnum):
    """What a licence is worth; the value is stored."""

    IN_FORCE = "in_force"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"
    REVOKED = "revoked"
    FORFEITED = "forfeited"
    CANCELLED = "cancelled"


STATE_NAMES = {
    LicenceState.IN_FORCE: gettext_noop("有效"),
    LicenceState.REPLACED: gettext_noop("已换发新版"),
    LicenceState.WITHDRAWN: gettext_noop("已撤回"),
    LicenceState.REVOKED: gettext_noop("已撤销"),
    LicenceState.FORFEITED: gettext_noop("已吊销"),
    LicenceState.CANCELLED: gettext_noop("已注销"),
}


@dataclass(frozen=True, slots=True)
class End:
    """One of the four ends, or the replacement by a new version: its name, what it leads to."""

    name: str
    state: LicenceState
    follows: frozenset[LicenceState]


_IN_FORCE = frozenset({LicenceState.IN_FORCE})
WITHDRAW = End(gettext_noop("撤回"), LicenceState.WITHDRAWN, _IN_FORCE)
REVOKE = End(gettext_noop("撤销"), LicenceState.REVOKED, _IN_FORCE)
FORFEIT = End(gettext_noop("吊销"), LicenceState.FORFEITED, _IN_FORCE)
REPLACE = End(gettext_noop("更正换发"), LicenceState.REPLACED, _IN_FORCE)
CANCEL = End(
    gettext_noop("注销"),
    LicenceState.CANCELLED,
    frozenset(
        {
            LicenceState.IN_FORCE,
            LicenceState.WITHDRAWN,
            LicenceState.REVOKED,
            LicenceState.FORFEITED,
        }
    ),
)


def may_end(end: End, state: LicenceState) -> bool:
    """Say whether a licence in this state can come to this end.

    >>> may_end(CANCEL, LicenceState.REVOKED), may_end(REVOKE, LicenceState.CANCELLED)
    (True, False)
    """
    return state in end.follows
