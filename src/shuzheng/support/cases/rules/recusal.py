"""Who has a stake in a case does not handle it: asked for, decided by the head, told.

Source: 公务员法(2018-12-29) 第七十六、七十七条: the official asks themselves, who is concerned may
ask, the organ decides after looking into it, or decides without being asked.
"""

from datetime import date

from shuzheng.infrastructure.access.rules import declare_permission
from shuzheng.infrastructure.journal.rules import declare_entry_kind
from shuzheng.policy.citations import Citation
from shuzheng.policy.refusals import Conflict, NotFound, NotPermitted, gettext_noop
from shuzheng.support.cases.rules.refusals import CaseRefusal

DECIDE_RECUSAL = declare_permission("cases.decide_recusal", "决定下级岗位人员是否回避")

RECUSAL_ASKED = declare_entry_kind(
    "recusal.asked",
    "提出回避",
    facts=("number", "matter", "name", "grounds", "asked_kind", "post", "desk_link"),
)
RECUSAL_DECIDED = declare_entry_kind(
    "recusal.decided",
    "决定回避",
    facts=("number", "matter", "name", "is_granted", "reasons", "clause", "post", "link"),
)
BASIS = Citation(
    law="公务员法",
    version=date(2018, 12, 29),
    article="第七十七条",
    says="公务员有应当回避情形的，本人应当申请回避；利害关系人有权申请公务员回避。",
    verified=False,
)


class Recused(CaseRefusal, NotPermitted):
    """Who was recused has no part in the case any more."""

    code = "recused"
    template = gettext_noop("您已从办件 {number} 回避，不能查看或办理。")
    remedy = gettext_noop("请由其他同事办理。")


class RecusalAskedBefore(CaseRefusal, Conflict):
    """It is asked already, or was granted."""

    code = "recusal-asked"
    template = gettext_noop("{who} 在办件 {number} 的回避已经提出。")
    remedy = gettext_noop("请等待决定；决定会通知您。")


class NoSuchRecusal(CaseRefusal, NotFound):
    """None to decide, or none of the actor's to decide."""

    code = "no-such-recusal"
    template = gettext_noop("没有找到待您决定的回避申请。")


class OwnRecusal(CaseRefusal, NotPermitted):
    """Nobody decides on their own."""

    code = "own-recusal"
    template = gettext_noop("本人的回避不能由本人决定。")
    remedy = gettext_noop("由上级岗位决定。")


class NobodyHandles(CaseRefusal, NotFound):
    """A recusal is of somebody who handles the case or did."""

    code = "nobody-handles"
    template = gettext_noop("没有找到这名经办人。")
    remedy = gettext_noop("请从办件的经办人中选择。")


def may_decide(*, decider: str, decider_post: str, above: tuple[str, ...], concerned: str) -> bool:
    """Say whether somebody on a post above decides: never the person concerned.

    >>> may_decide(decider="a", decider_post="x.chief", above=("x.chief",), concerned="b")
    True
    """
    return decider != concerned and decider_post in above
