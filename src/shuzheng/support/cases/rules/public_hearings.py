"""When the organ itself orders a hearing, what is announced of it, and who may join.

Source: 行政许可法 第四十六、四十八条.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from shuzheng.infrastructure.journal.rules import declare_entry_kind
from shuzheng.policy.refusals import Conflict, Invalid, NotFound, gettext_noop
from shuzheng.support.cases.rules.refusals import CaseRefusal

REQUIRED, PUBLIC_INTEREST = "required", "public_interest"
GROUNDS: Mapping[str, str] = {
    REQUIRED: gettext_noop("法律、法规、规章规定应当听证"),
    PUBLIC_INTEREST: gettext_noop("涉及公共利益的重大许可，本机关认为需要听证"),
}
WISHES: Mapping[str, str] = {"listen": gettext_noop("旁听"), "speak": gettext_noop("发言")}

_ORDER = ("number", "matter", "subject", "reasons", "clause", "link")
HEARING_ORDER_ASKED = declare_entry_kind(
    "case.hearing_order_asked", "提请依职权听证", facts=(*_ORDER, "post")
)
HEARING_ORDERED = declare_entry_kind("case.hearing_ordered", "决定依职权听证", facts=_ORDER)
HEARING_ORDER_REFUSED = declare_entry_kind(
    "case.hearing_order_refused",
    "不同意依职权听证",
    facts=("number", "matter", "reasons", "post", "link"),
)
HEARING_JOINED = declare_entry_kind(
    "case.hearing_joined", "报名参加听证", facts=("hearing", "matter", "wish")
)
HEARING_LEFT = declare_entry_kind(
    "case.hearing_left", "取消听证报名", facts=("hearing", "matter", "wish")
)
HEARING_GUESTS_READ = declare_entry_kind(
    "case.hearing_guests_read", "查看听证报名人", facts=("what",), reads_person=True
)


class NoOwnMotion(CaseRefusal, Invalid):
    """The matter's content names no hearing that the organ orders, or not on this ground."""

    code = "hearing-not-ordered-here"
    template = gettext_noop("事项“{matter}”没有登记这种依职权的听证。")


class HearingAlreadyCalled(CaseRefusal, Conflict):
    """One hearing serves everybody."""

    code = "hearing-already-called"
    template = gettext_noop("办件 {number} 已经要举行听证，或者正在等待批准。")


class HearingOrderWaits(CaseRefusal, Conflict):
    """Nothing is decided while it is open whether a hearing is needed."""

    code = "hearing-order-waits"
    template = gettext_noop("依职权听证的提请还没有批复，不能作出决定。")
    remedy = gettext_noop("请先批准或者不同意。")


class HearingRequired(CaseRefusal, Conflict):
    """The law has this matter heard before it is decided."""

    code = "hearing-required"
    template = gettext_noop("{clause}规定本事项应当听证，没有举行之前不能作出决定。")
    remedy = gettext_noop("请先用“依职权组织听证”公告并举行。")


class OrderIncomplete(CaseRefusal, Invalid):
    """What is heard and why are said."""

    code = "hearing-order-incomplete"
    template = gettext_noop("请写明{missing}。")


class SaysWhoApplied(CaseRefusal, Invalid):
    """What the public reads names no private person."""

    code = "hearing-says-who-applied"
    template = gettext_noop("向社会公告的内容里有申请人的个人信息。")
    remedy = gettext_noop("请只写听证的事情，不写姓名、证件号码和电话。")


class OwnApproval(CaseRefusal, Invalid):
    """Who asked for the hearing does not say for the organ that it is needed."""

    code = "hearing-own-approval"
    template = gettext_noop("提请听证的人不能自己批准。")


class NoPublicHearing(CaseRefusal, NotFound):
    """None of this number was announced."""

    code = "no-public-hearing"
    template = gettext_noop("没有找到这场听证。")


class HearingClosedToGuests(CaseRefusal, Conflict):
    """Whoever wants to take part says so before the day."""

    code = "hearing-closed-to-guests"
    template = gettext_noop("这场听证现在不能报名。")
    remedy = gettext_noop("听证公开举行，可以按公告的时间、地点到场旁听。")


class WishUnknown(CaseRefusal, Invalid):
    """To listen or to speak."""

    code = "hearing-wish-unknown"
    template = gettext_noop("请选择旁听还是发言。")


def require_order(*, matter: str, grounds: Iterable[str], ground: str, **said: str) -> None:
    """Let an order pass that names its subject and reasons, on a ground the content knows.

    Raises:
        NoOwnMotion, OrderIncomplete.
    """
    if ground not in set(grounds):
        raise NoOwnMotion(matter=matter)
    missing = {"subject": "听证事项", "reasons": "理由"}
    for name, words in missing.items():
        if not said[name].strip():
            raise OrderIncomplete(field=name, missing=words)


def require_nameless(said: Mapping[str, str], *, private: Iterable[str]) -> None:
    """Let words pass to the public in which nothing private occurs.

    Args:
        said: what would be announced, by the field it was written in.

    >>> require_nameless({"subject": "共用管道的承载"}, private=["王小明", ""])

    Raises:
        SaysWhoApplied
    """
    wanted = [each for each in private if each]
    for field, text in said.items():
        if any(each in text for each in wanted):
            raise SaysWhoApplied(field=field)


def require_to_join(*, held_on: date, is_coming: bool, wish: str, today: date) -> None:
    """Let those pass who say before the day whether they listen or speak.

    Raises:
        HearingClosedToGuests, WishUnknown.
    """
    if not is_coming or today >= held_on:
        raise HearingClosedToGuests
    if wish not in WISHES:
        raise WishUnknown(field="wish")
