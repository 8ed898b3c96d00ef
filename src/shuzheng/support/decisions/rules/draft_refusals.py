"""What is refused on a changed table's way from drafting to publication."""

from shuzheng.policy.refusals import (
    Conflict,
    Invalid,
    NotFound,
    NotPermitted,
    Sentence,
    gettext_noop,
)
from shuzheng.support.decisions.rules.errors import DecisionRefusal

MOST_SHOWN = 3


class DraftUnknown(DecisionRefusal, NotFound):
    """There is no such draft."""

    code = "decision-draft-unknown"
    template = gettext_noop("没有编号为 {draft} 的决策表草稿。")


class DraftUnsound(DecisionRefusal, Invalid):
    """A draft cannot be read, has errors, or its examples do not come out."""

    code = "decision-draft-unsound"
    template = gettext_noop("“{title}”的草稿有 {count} 处问题，还不能送审：{problems}。")
    remedy = gettext_noop("草稿已保存，请按检查结果改正后再送审。")

    def __init__(self, *, title: str, problems: tuple[Sentence, ...]) -> None:
        self.problems = problems
        super().__init__(title=title, count=len(problems), problems=problems[:MOST_SHOWN])


class DecisionOfOtherDepartment(DecisionRefusal, NotPermitted):
    """A rule is changed by the department that owns it; others may read it."""

    code = "decision-of-other-department"
    template = gettext_noop("“{title}”不归您所在的部门管理，可以查看，不能修改、审核。")
    remedy = gettext_noop("请联系归口部门；没有归口部门的决策表在城市内容中修改。")


class DraftTooLarge(DecisionRefusal, Invalid):
    """Also an unsound draft has its limit."""

    code = "decision-draft-too-large"
    template = gettext_noop("草稿的{measure}超过上限 {limit}，没有保存。")
    remedy = gettext_noop("请拆成几张决策表。")


class DraftSavedMeanwhile(DecisionRefusal, Conflict):
    """The same draft was saved from another window since it was opened."""

    code = "decision-draft-saved-meanwhile"
    template = gettext_noop("这份草稿已在另一个窗口里第 {revision} 次保存，这里的改动没有保存。")
    remedy = gettext_noop("您填的还在页面上；请打开最新的草稿，对照后再保存。")


class DraftNotOutdated(DecisionRefusal, Conflict):
    """A draft of the version in force needs not be carried over."""

    code = "decision-draft-not-outdated"
    template = gettext_noop("这份草稿改的就是现行版本，不用移到新版本上。")


class DraftChangesNothing(DecisionRefusal, Invalid):
    """A draft says what the version in force says already."""

    code = "decision-draft-changes-nothing"
    template = gettext_noop("草稿与“{title}”的现行版本相同，没有要审核的内容。")


class DraftBelongsToAnother(DecisionRefusal, NotPermitted):
    """Only who drafted it mends a draft."""

    code = "decision-draft-of-another"
    template = gettext_noop("这份草稿由 {by} 起草，只能由起草人修改。")


class DrafterMayNotReview(DecisionRefusal, NotPermitted):
    """Two people stand behind a rule: who drafted it does not review it."""

    code = "decision-drafter-may-not-review"
    template = gettext_noop("起草人不能审核自己起草的决策表。")
    remedy = gettext_noop("请由另一位有审核职责的人审核。")


class DraftInOtherState(DecisionRefusal, Conflict):
    """The draft is not in the state the step asks for."""

    code = "decision-draft-state"
    template = gettext_noop("这份草稿的状态是“{state}”，不能这样办理。")
    remedy = gettext_noop("请刷新页面查看最新状态。")


class ChangeNeedsReasons(DecisionRefusal, Invalid):
    """Why a rule changes is said before somebody is asked to review it."""

    code = "decision-change-reasons-missing"
    template = gettext_noop("送审时应当说明修改理由。")
    remedy = gettext_noop("请填写理由。")


class SendingBackNeedsReasons(DecisionRefusal, Invalid):
    """The drafter must learn what to mend."""

    code = "decision-draft-reasons-missing"
    template = gettext_noop("退回草稿应当说明理由。")
    remedy = gettext_noop("请填写理由。")


class VersionOutdated(DecisionRefusal, Conflict):
    """Somebody published another version while this one was being changed."""

    code = "decision-version-outdated"
    template = gettext_noop("您修改期间，“{title}”已发布第 {number} 版。")
    remedy = gettext_noop("您的草稿还在；请把它移到新版本上，核对后再送审。")
