"""What the engine refuses; the state it was given is never touched."""

from dataclasses import dataclass
from typing import Literal

from shuzheng.policy.refusals import Conflict, Invalid, NotFound, Refusal, Sentence, gettext_noop

Severity = Literal["error", "warning"]


class WorkflowRefusal(Refusal):
    """Base of everything this room refuses."""

    code = "workflow.refused"


@dataclass(frozen=True, slots=True)
class FlowProblem:
    """One thing wrong with a drawing: a stable code, where, a sentence and the way out.

    An ``error`` keeps the flow from being used; a ``warning`` is worth a look. ``line`` is that of
    the element in the file, 0 if unknown. Pages say the sentences in the reader's language.
    """

    code: str
    element: str
    sentence: Sentence
    way_out: Sentence
    severity: Severity = "error"
    line: int = 0

    @property
    def message(self) -> str:
        """What is wrong, in Chinese."""
        return str(self.sentence)

    @property
    def remedy(self) -> str:
        """What to do about it, in Chinese."""
        return str(self.way_out)


class FlowInvalid(WorkflowRefusal, Invalid):
    """The drawing cannot be run; ``problems`` names each reason."""

    code = "workflow.flow-invalid"
    template = gettext_noop("流程图有 {count} 处问题：{element} {first}{way_out}")

    def __init__(self, problems: tuple[FlowProblem, ...]) -> None:
        self.problems = problems
        first = problems[0]
        super().__init__(
            count=len(problems),
            element=first.element,
            first=first.sentence,
            way_out=first.way_out,
        )


class FlowNotFound(WorkflowRefusal, NotFound):
    """No flow of that key or version has been published."""

    code = "workflow.flow-not-found"
    template = gettext_noop("没有找到流程 {flow}。")
    remedy = gettext_noop("请先发布该流程。")


class FlowPublishedMeanwhile(WorkflowRefusal, Conflict):
    """Somebody else published a version of the same flow at the same moment."""

    code = "workflow.published-meanwhile"
    template = gettext_noop("流程 {flow} 刚刚由他人发布了新版本，您的版本没有发布。")
    remedy = gettext_noop("请查看新版本后再决定是否发布。")


class StartNotFound(WorkflowRefusal, Invalid):
    """The flow has no start event of that id, or none that starts by itself."""

    code = "workflow.start-not-found"
    template = gettext_noop("流程 {flow} 没有可用的开始事件 {element}。")
    remedy = gettext_noop("请指定流程图中的一个开始事件。")


class TokenNotWaiting(WorkflowRefusal, Conflict):
    """The step was done, taken away or never there; somebody or something was faster."""

    code = "workflow.token-not-waiting"
    template = gettext_noop("流程步骤 {token} 已不在等待，可能已由他人办理或已撤销。")
    remedy = gettext_noop("请刷新后查看最新进度。")


class MessageNotAwaited(WorkflowRefusal, Conflict):
    """Nothing in this flow waits for that message now."""

    code = "workflow.message-not-awaited"
    template = gettext_noop("流程当前没有在等待消息“{name}”。")
    remedy = gettext_noop("请核对消息名称和办理进度。")


class NoPathTaken(WorkflowRefusal, Conflict):
    """No condition of a gateway holds and it has no default."""

    code = "workflow.no-path"
    template = gettext_noop("网关 {element} 的所有条件都不成立，且没有默认路径。")
    remedy = gettext_noop("请补全所需数据，或在流程图中为该网关设置默认路径。")


class ConditionUndecided(WorkflowRefusal, Conflict):
    """A condition is neither true nor false: usually a variable nobody gave."""

    code = "workflow.condition-undecided"
    template = gettext_noop("{element} 的条件“{text}”无法判断（结果为 {value}）。")
    remedy = gettext_noop("请检查条件用到的数据是否都已提供。")


class ValueUnusable(WorkflowRefusal, Conflict):
    """An expression gave something its place cannot use: a count, a list, a time."""

    code = "workflow.value-unusable"
    template = gettext_noop("{element} 的表达式“{text}”结果为 {value}，此处需要{needed}。")
    remedy = gettext_noop("请检查表达式和所用数据。")


class FlowNeverRests(WorkflowRefusal, Conflict):
    """The flow goes round without ever waiting for anybody."""

    code = "workflow.never-rests"
    template = gettext_noop("流程在 {element} 附近循环不止，已停止推进。")
    remedy = gettext_noop("请检查流程图中的循环及其退出条件。")


class ErrorNotCaught(WorkflowRefusal, Conflict):
    """A step failed with an error no event in the flow catches; the step goes on waiting."""

    code = "workflow.error-not-caught"
    template = gettext_noop("步骤 {element} 报告错误“{error}”，流程图中没有相应的错误事件。")
    remedy = gettext_noop("请排除故障后重试，或在流程图中增加错误边界事件。")


class StateUnreadable(WorkflowRefusal, Invalid):
    """A stored state is not one of ours."""

    code = "workflow.state-unreadable"
    template = gettext_noop("流程状态无法读取：{reason}。")
    remedy = gettext_noop("请联系系统管理员核对数据。")
