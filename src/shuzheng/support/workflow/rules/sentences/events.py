"""Events and what sets them off."""

from shuzheng.policy.refusals import gettext_noop
from shuzheng.support.workflow.rules.sentences.declaring import ProblemKind

KINDS = (
    ProblemKind(
        "trigger-not-allowed",
        gettext_noop("{event}不能用 {trigger} 触发。"),
        gettext_noop("请换用允许的事件类型。"),
    ),
    ProblemKind(
        "trigger-missing", gettext_noop("{event}没有事件定义。"), gettext_noop("请选择事件类型。")
    ),
    ProblemKind(
        "non-interrupting-not-allowed",
        gettext_noop("{trigger} 事件必须中断。"),
        gettext_noop("请设为中断事件。"),
    ),
    ProblemKind(
        "event-subprocess-starts",
        gettext_noop("事件子流程要有且只有一个开始事件，现有 {count} 个。"),
        gettext_noop("请改正。"),
    ),
    ProblemKind(
        "event-subprocess-flow",
        gettext_noop("事件子流程不能有顺序流进出。"),
        gettext_noop("请去掉该顺序流。"),
    ),
    ProblemKind(
        "start-incoming", gettext_noop("开始事件不能有入口。"), gettext_noop("请去掉入口。")
    ),
    ProblemKind(
        "start-no-outgoing", gettext_noop("开始事件没有出口。"), gettext_noop("请连接后续步骤。")
    ),
    ProblemKind("end-outgoing", gettext_noop("结束事件不能有出口。"), gettext_noop("请去掉出口。")),
    ProblemKind(
        "end-no-incoming", gettext_noop("结束事件没有入口。"), gettext_noop("请连接前面的步骤。")
    ),
    ProblemKind(
        "boundary-incoming", gettext_noop("边界事件不能有入口。"), gettext_noop("请去掉入口。")
    ),
    ProblemKind(
        "boundary-no-outgoing", gettext_noop("边界事件没有出口。"), gettext_noop("请连接后续步骤。")
    ),
    ProblemKind(
        "boundary-outgoing",
        gettext_noop("补偿边界事件不能有顺序流出口。"),
        gettext_noop("请用关联线连到补偿活动。"),
    ),
    ProblemKind(
        "boundary-unattached",
        gettext_noop("边界事件没有附在活动上。"),
        gettext_noop("请把它附到一个活动上。"),
    ),
    ProblemKind(
        "event-no-outgoing", gettext_noop("中间事件没有出口。"), gettext_noop("请连接后续步骤。")
    ),
    ProblemKind(
        "event-no-incoming", gettext_noop("中间事件没有入口。"), gettext_noop("请连接前面的步骤。")
    ),
    ProblemKind(
        "message-missing",
        gettext_noop("消息事件没有指定消息。"),
        gettext_noop("请选择或新建消息。"),
    ),
    ProblemKind(
        "signal-missing", gettext_noop("信号事件没有指定信号。"), gettext_noop("请选择或新建信号。")
    ),
    ProblemKind(
        "escalation-missing",
        gettext_noop("抛出升级的事件没有指定升级。"),
        gettext_noop("请选择或新建升级。"),
    ),
    ProblemKind(
        "error-missing",
        gettext_noop("抛出错误的事件没有指定错误。"),
        gettext_noop("请选择或新建错误。"),
    ),
    ProblemKind(
        "error-code-missing",
        gettext_noop("抛出的错误没有错误代码。"),
        gettext_noop("请填写错误代码。"),
    ),
    ProblemKind(
        "operation-missing",
        gettext_noop("消息事件没有指定操作。"),
        gettext_noop("本系统按消息名称收发，可以不填。"),
        severity="warning",
    ),
    ProblemKind(
        "link-unmatched",
        gettext_noop("链接“{name}”在本层没有对应的{other}。"),
        gettext_noop("请补画同名的链接事件。"),
    ),
    ProblemKind(
        "link-duplicate",
        gettext_noop("链接“{name}”有多个捕获事件。"),
        gettext_noop("同名链接只能有一个捕获事件。"),
    ),
    ProblemKind(
        "cancel-outside-transaction",
        gettext_noop("取消事件只能用于事务子流程。"),
        gettext_noop("请改用错误事件。"),
    ),
    ProblemKind(
        "compensation-handler-missing",
        gettext_noop("补偿边界事件没有关联到补偿活动。"),
        gettext_noop("请用关联线连到一个标为补偿的活动。"),
    ),
    ProblemKind(
        "compensation-flow",
        gettext_noop("补偿活动不能有顺序流进出。"),
        gettext_noop("请只用关联线连接。"),
    ),
    ProblemKind(
        "timer-count",
        gettext_noop("定时事件要有且只有一个时间，现有 {count} 个。"),
        gettext_noop("请只填时长、时刻、周期之一。"),
    ),
    ProblemKind(
        "timer-by-variable",
        gettext_noop("时间“{text}”不是 ISO 8601，将作为表达式计算。"),
        gettext_noop("请确认变量存在。"),
        severity="warning",
    ),
)
