"""What two do is confirmed by the second with their own account; nobody is both."""

from collections.abc import Collection

from shuzheng.infrastructure.access.rules import declare_permission
from shuzheng.infrastructure.journal.rules import declare_entry_kind
from shuzheng.policy.refusals import Conflict, NotFound, gettext_noop
from shuzheng.support.cases.rules.refusals import CaseRefusal

CONFIRM_VISIT = declare_permission("cases.confirm_visit", "确认本人参加了现场核查")

VISIT_TO_CONFIRM = declare_entry_kind(
    "visit.to_confirm",
    "现场核查待第二人确认",
    facts=("number", "matter", "visited_on", "recorder", "post", "link"),
)
VISIT_CONFIRMED = declare_entry_kind(
    "visit.confirmed", "第二人确认现场核查", facts=("number", "matter", "visited_on", "recorder")
)


class NoVisitToConfirm(CaseRefusal, NotFound):
    """There is none, or it is none of the actor's department."""

    code = "no-visit-to-confirm"
    template = gettext_noop("办件 {number} 没有待您确认的现场核查。")


class SamePerson(CaseRefusal, Conflict):
    """The second person is somebody else (行政许可法 第三十四条第三款)."""

    code = "same-person"
    template = gettext_noop("这次核查由您本人记录，应当由另一名参加人确认。")
    remedy = gettext_noop("请另一名参加核查的工作人员用自己的账号确认。")


class VisitConfirmedBefore(CaseRefusal, Conflict):
    """One confirmation is enough."""

    code = "visit-confirmed-before"
    template = gettext_noop("{who} 已经确认过这次核查。")


class VisitUnconfirmed(CaseRefusal, Conflict):
    """No ruling rests on a visit that only one person vouches for."""

    code = "visit-unconfirmed"
    template = gettext_noop("现场核查由 {who} 记录，还没有第二人确认，不能据此作出决定。")
    remedy = gettext_noop("现场核查应当由两名以上工作人员进行；请另一名参加人确认后再决定。")


class OwnReview(CaseRefusal, Conflict):
    """Who only stands in does not rule on what they reviewed themselves; the house's own rule."""

    code = "own-review"
    template = gettext_noop("办件 {number} 由您本人审查，代理期间不能由您作出决定。")
    remedy = gettext_noop("请由岗位本人、另一名代理人或上级岗位决定。")


def is_second(recorder: str, confirming: str) -> bool:
    """Say whether somebody is another person than who recorded.

    >>> is_second("account-1", "account-2"), is_second("account-1", "account-1")
    (True, False)
    """
    return bool(confirming) and recorder != confirming


def rests_on_visit(matter: str, visited: Collection[str]) -> bool:
    """Say whether a matter's ruling goes by the visit."""
    return matter in visited
