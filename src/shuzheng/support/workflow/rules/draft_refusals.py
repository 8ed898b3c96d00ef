"""What is refused on a drawing's way from drafting to publication."""

from shuzheng.policy.refusals import Conflict, Invalid, NotFound, NotPermitted, gettext_noop
from shuzheng.support.workflow.rules.refusals import FlowProblem, WorkflowRefusal


class DraftUnknown(WorkflowRefusal, NotFound):
    """There is no such draft."""

    code = "workflow.draft-unknown"
    template = gettext_noop("没有编号为 {draft} 的流程草稿。")


class FlowOfOtherDepartment(WorkflowRefusal, NotPermitted):
    """A flow is changed by the department that owns it."""

    code = "workflow.flow-of-other-department"
    template = gettext_noop("流程“{title}”不归您所在的部门管理。")
    remedy = gettext_noop("请联系归口部门；没有归口部门的流程在城市内容中修改。")


class FlowKeyTaken(WorkflowRefusal, Conflict):
    """A new flow needs a key of its own."""

    code = "workflow.flow-key-taken"
    template = gettext_noop("已有编码为 {key} 的流程。")
    remedy = gettext_noop("请换一个编码，或在现有流程上修改。")


class FlowKeyInvalid(WorkflowRefusal, Invalid):
    """A key is small letters, digits, dots, dashes and underscores."""

    code = "workflow.flow-key-invalid"
    template = gettext_noop("“{key}”不能作流程编码。")
    remedy = gettext_noop("请以小写字母开头，只用小写字母、数字、点、横线和下划线。")


class DrawingTooLarge(WorkflowRefusal, Invalid):
    """Also an unsound drawing has its limit."""

    code = "workflow.drawing-too-large"
    template = gettext_noop("流程图超过 5 MB，没有保存。")
    remedy = gettext_noop("请拆分流程图。")


class DraftUnsound(WorkflowRefusal, Invalid):
    """A draft that cannot run may be saved but not sent; ``problems`` names each reason."""

    code = "workflow.draft-unsound"
    template = gettext_noop("“{title}”的草稿有 {count} 处错误，还不能送审。")
    remedy = gettext_noop("请按检查结果改正后再送审。")

    def __init__(self, *, title: str, problems: tuple[FlowProblem, ...]) -> None:
        self.problems = problems
        super().__init__(title=title, count=len(problems))


class DraftChangesNothing(WorkflowRefusal, Invalid):
    """A draft is what the version in force is already."""

    code = "workflow.draft-changes-nothing"
    template = gettext_noop("草稿与“{title}”的现行版本相同，没有要审核的内容。")


class DraftBelongsToAnother(WorkflowRefusal, NotPermitted):
    """Only who drafted it changes a draft."""

    code = "workflow.draft-of-another"
    template = gettext_noop("这份草稿由 {by} 起草，只能由起草人修改。")


class DraftSavedMeanwhile(WorkflowRefusal, Conflict):
    """The same draft was saved from another window since it was opened."""

    code = "workflow.draft-saved-meanwhile"
    template = gettext_noop("这份草稿已在另一窗口保存到第 {revision} 次，您的改动没有保存。")
    remedy = gettext_noop("请打开最新的草稿，再改一次。")


class DraftInOtherState(WorkflowRefusal, Conflict):
    """The draft is not in the state the step asks for."""

    code = "workflow.draft-state"
    template = gettext_noop("这份草稿的状态是“{state}”，不能这样办理。")
    remedy = gettext_noop("请刷新页面查看最新状态。")


class DrafterMayNotReview(WorkflowRefusal, NotPermitted):
    """Two people stand behind a flow: who drafted it does not review it."""

    code = "workflow.drafter-may-not-review"
    template = gettext_noop("起草人不能审核自己起草的流程。")
    remedy = gettext_noop("请由另一位有审核职责的人审核。")


class ReasonsMissing(WorkflowRefusal, Invalid):
    """Why a flow changes, or why a draft goes back, is said."""

    code = "workflow.reasons-missing"
    template = gettext_noop("修改流程、退回草稿都应当说明理由。")
    remedy = gettext_noop("请填写理由。")


class VersionOutdated(WorkflowRefusal, Conflict):
    """Somebody published another version while this one was being changed."""

    code = "workflow.version-outdated"
    template = gettext_noop("您修改期间，“{title}”已发布第 {number} 版。")
    remedy = gettext_noop("请在新版本上重新修改。")
