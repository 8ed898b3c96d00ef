"""What the run of a flow refuses: content or data is at fault, and nothing is half done."""

from shuzheng.policy.refusals import Conflict, gettext_noop
from shuzheng.support.cases.rules.refusals import CaseRefusal


class FlowEffectUnknown(CaseRefusal, Conflict):
    """The flow asks for something that cases do not carry out; content is at fault."""

    code = "flow-effect-unknown"
    template = gettext_noop("流程要求了办件 {number} 无法执行的动作 {effect}。")


class OperationUnknown(CaseRefusal, Conflict):
    """A service task names an operation nobody carries out."""

    code = "flow-operation-unknown"
    template = gettext_noop("办件 {number} 的流程步骤 {element} 要办的“{operation}”没有人能办。")
    remedy = gettext_noop("请在流程图中改为本系统的操作，或以 external. 开头由外部系统领办。")


class CalledFlowUnknown(CaseRefusal, Conflict):
    """A call activity names neither a matter nor a flow."""

    code = "called-flow-unknown"
    template = gettext_noop("办件 {number} 的流程步骤 {element} 调用的“{called}”不存在。")
    remedy = gettext_noop("请先发布该事项或流程。")


class PostMissing(CaseRefusal, Conflict):
    """No post has the duty a task needs, nor one that would supervise it."""

    code = "no-post-for-duty"
    template = gettext_noop("没有岗位承担“{duty}”，办件 {number} 的“{task}”无人可办。")
    remedy = gettext_noop("请为一个岗位配置该职责后重试。")


class NothingRefused(CaseRefusal, Conflict):
    """Everything a flow asked of other rooms is done or under way."""

    code = "nothing-refused"
    template = gettext_noop("办件 {number} 没有等待重做的文书证照。")
    remedy = gettext_noop("可能有人已经重做，请刷新页面。")
