"""Who has a task in hand and how it changes hands: taken over, given back, passed on, freed."""

from collections.abc import Collection, Mapping

from shuzheng.infrastructure.access.rules import Permission, declare_permission
from shuzheng.infrastructure.journal.rules import declare_entry_kind
from shuzheng.policy.refusals import Conflict, Invalid, NotPermitted, gettext_noop
from shuzheng.support.cases.rules.committing import CHECK_COMMITMENT
from shuzheng.support.cases.rules.consultations import GIVE_OPINION
from shuzheng.support.cases.rules.declarations import (
    RECEIVE_CASE,
    REVIEW_CASE,
    RULE_CASE,
    VISIT_SITE,
)
from shuzheng.support.cases.rules.extensions import EXTEND_PERIOD
from shuzheng.support.cases.rules.flow_entries import WORK_TASK
from shuzheng.support.cases.rules.refusals import CaseRefusal

REASSIGN_TASKS = declare_permission("cases.reassign", "调整下级岗位任务的经办人")

_FACTS = (
    *("number", "matter", "task", "task_id", "post", "holder"),
    *("from_name", "to_name", "reasons", "link"),
)
TASK_TAKEN_OVER = declare_entry_kind("task.taken_over", "上级岗位接办任务", facts=_FACTS)
TASK_GIVEN_BACK = declare_entry_kind("task.given_back", "上级岗位退回认领", facts=_FACTS)
TASK_REASSIGNED = declare_entry_kind("task.reassigned", "移交任务", facts=_FACTS)
TASK_FREED = declare_entry_kind("task.freed", "经办人不在岗，任务退回岗位", facts=_FACTS)

WORK: Mapping[str, Permission] = {
    "accept": RECEIVE_CASE,
    "receive": RECEIVE_CASE,
    "review": REVIEW_CASE,
    "rule": RULE_CASE,
    "visit": VISIT_SITE,
    "check": CHECK_COMMITMENT,
    "extend": EXTEND_PERIOD,
    "advise": GIVE_OPINION,
}
"""What a post must be allowed to do for the work that a duty's verb names."""


class TaskNotClaimed(CaseRefusal, Conflict):
    """Nobody has the task in hand: there is nothing to give back."""

    code = "task-not-claimed"
    template = gettext_noop("“{task}”没有人认领，岗位上的任何人都可以办理。")


class AlreadyInHand(CaseRefusal, Conflict):
    """Who is to get the task has it already."""

    code = "task-in-hand"
    template = gettext_noop("“{task}”已经在 {who} 手上。")


class NotEntitled(CaseRefusal, Invalid):
    """Work goes only to somebody whose post has the duty for it."""

    code = "not-entitled"
    template = gettext_noop("{who} 没有能办理“{task}”的岗位。")
    remedy = gettext_noop("请选择名单中的人；岗位空缺的，可以先指定代理人。")


class WorkOfOtherPost(CaseRefusal, NotPermitted):
    """To be above somebody is not to be allowed their work."""

    code = "work-of-other-post"
    template = gettext_noop("您的岗位不能直接办理“{task}”。")
    remedy = gettext_noop("请退回认领，或移交给有此职责的人。")


def can_do(duty: str, permissions: Collection[str]) -> bool:
    """Say whether a post with these permissions can do the work of a duty itself.

    >>> can_do("rule:food_licence", {"cases.rule"}), can_do("rule:food_licence", {"cases.read"})
    (True, False)
    """
    return WORK.get(duty.partition(":")[0], WORK_TASK).key in permissions


def next_post(current: str, entitled: Collection[str], held: Collection[str]) -> str:
    """Return the post on which somebody takes a task: its own if they hold it, else an entitled.

    >>> next_post("a.first", ("b.second",), ("b.second",)), next_post("a.first", (), ("c.third",))
    ('b.second', '')
    """
    if current in held:
        return current
    return next((post for post in entitled if post in held), "")


def is_orphaned(posts: Collection[str], *, post: str, raised_to: str) -> bool:
    """Say whether a holder with these posts has none left on which the task may be done."""
    return not {post, raised_to} - {""} & set(posts)
