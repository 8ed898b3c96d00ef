"""When a period may be lengthened: once, by the one post the law names, before it ends."""

from collections.abc import Iterable
from datetime import date

from shuzheng.infrastructure.access.rules import declare_permission
from shuzheng.infrastructure.journal.rules import declare_entry_kind
from shuzheng.policy.periods import Period
from shuzheng.policy.refusals import Conflict, Invalid, NotPermitted, gettext_noop
from shuzheng.support.cases.rules.refusals import CaseRefusal

ASK_EXTENSION = declare_permission("cases.ask_extension", "申请延长本部门事项的办理期限")
EXTEND_PERIOD = declare_permission("cases.extend", "依法批准延长办理期限")

EXTENSION_ASKED = declare_entry_kind(
    "case.extension_asked",
    "申请延长期限",
    facts=("number", "matter", "words", "reasons", "due_on", "post", "link"),
)
EXTENDED = declare_entry_kind(
    "case.extended",
    "批准延长期限",
    facts=("number", "matter", "words", "reasons", "approver", "clause", "due_on", "link"),
)
EXTENSION_REFUSED = declare_entry_kind(
    "case.extension_refused",
    "不批准延长期限",
    facts=("number", "matter", "reasons", "post", "link"),
)


class ExtensionNotLawful(CaseRefusal, Invalid):
    """The law lets nobody lengthen this period."""

    code = "extension-not-lawful"
    template = gettext_noop("事项“{matter}”没有可以延长期限的规定。")
    remedy = gettext_noop("请在期限内作出决定。")


class AlreadyExtended(CaseRefusal, Conflict):
    """A period is lengthened once."""

    code = "already-extended"
    template = gettext_noop("办件 {number} 的期限已经延长过，不能再次延长。")
    remedy = gettext_noop("请在延长后的期限内作出决定。")


class ExtensionAlreadyAsked(CaseRefusal, Conflict):
    """One request at a time."""

    code = "extension-already-asked"
    template = gettext_noop("办件 {number} 的延长申请正在等待批准。")


class PeriodAlreadyOver(CaseRefusal, Conflict):
    """What has ended cannot be lengthened; approval comes before the last day is over."""

    code = "period-already-over"
    template = gettext_noop("法定期限已于 {due_on} 届满，不能再延长。")
    remedy = gettext_noop("请尽快作出决定；已经超期的事实会如实留痕。")


class ApproverAsked(CaseRefusal, NotPermitted):
    """Who asks does not approve."""

    code = "extension-approver-asked"
    template = gettext_noop("申请延长期限的人不能批准自己的申请。")
    remedy = gettext_noop("请由有权批准的其他人员办理。")


def require_extendable(
    *,
    number: str,
    due_on: date,
    today: date,
    is_suspended: bool,
    earlier: Iterable[str],
) -> None:
    """Let a request pass that comes before the period ends and is the first.

    Args:
        due_on: last day of the legal period.
        is_suspended: the clock stands still, so its last day is not yet known.
        earlier: states of the requests made before.

    Source: 行政许可法 第四十二条; 市场主体登记管理条例 第十九条.

    Raises:
        AlreadyExtended, ExtensionAlreadyAsked, PeriodAlreadyOver.
    """
    states = set(earlier)
    if "approved" in states:
        raise AlreadyExtended(number=number)
    if "asked" in states:
        raise ExtensionAlreadyAsked(number=number)
    require_not_over(due_on=due_on, today=today, is_suspended=is_suspended)


def require_not_over(*, due_on: date, today: date, is_suspended: bool) -> None:
    """Refuse once the last day has passed.

    Raises:
        PeriodAlreadyOver: it has.
    """
    if not is_suspended and today > due_on:
        raise PeriodAlreadyOver(due_on=due_on.isoformat())


def lengthened(period: Period, extensions: Iterable[Period]) -> Period:
    """Return a period longer by these, which count in its unit.

    >>> lengthened(Period(amount=20, unit="working_day"),
    ...            [Period(amount=10, unit="working_day")]).words
    '30个工作日'

    Raises:
        ValueError: one counts in another unit; content is checked for it.
    """
    amount = period.amount
    for each in extensions:
        if each.unit != period.unit:
            raise ValueError(f"{each.unit} cannot lengthen a period in {period.unit}")
        amount += each.amount
    return period.model_copy(update={"amount": amount})
