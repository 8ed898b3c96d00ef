"""What may be done to several tasks at once: claim them, say the same opinion; never a ruling."""

from collections.abc import Collection
from dataclasses import dataclass

from shuzheng.policy.refusals import Conflict, Invalid, gettext_noop
from shuzheng.support.cases.rules.refusals import CaseRefusal

MOST = 50


class NothingPicked(CaseRefusal, Invalid):
    """Several begins with one."""

    code = "nothing-picked"
    template = gettext_noop("请至少选择一项任务。")


class TooManyPicked(CaseRefusal, Invalid):
    """Nobody has looked into more than a page of files."""

    code = "too-many-picked"
    template = gettext_noop("一次最多选择 {most} 项。")


class KindsMixed(CaseRefusal, Invalid):
    """One opinion fits tasks of one kind on one matter."""

    code = "kinds-mixed"
    template = gettext_noop("只能对同一事项、同一环节的任务提出相同意见。")
    remedy = gettext_noop("请分开选择。")


class FileNotOpened(CaseRefusal, Conflict):
    """An opinion on a file one has not opened is none."""

    code = "file-not-opened"
    template = gettext_noop("您还没有打开过办件 {number} 的材料。")
    remedy = gettext_noop("请先打开查看，再提出意见。")


@dataclass(frozen=True, slots=True)
class Kind:
    """What makes tasks alike: the step and the duty with its matter."""

    element: str
    duty: str


def require_picked(count: int) -> None:
    """Refuse none, or more than a page.

    Raises:
        NothingPicked, TooManyPicked.
    """
    if not count:
        raise NothingPicked
    if count > MOST:
        raise TooManyPicked(most=MOST)


def require_one_kind(kinds: Collection[Kind]) -> None:
    """Refuse tasks that are not alike.

    Raises:
        KindsMixed
    """
    if len(set(kinds)) > 1:
        raise KindsMixed
