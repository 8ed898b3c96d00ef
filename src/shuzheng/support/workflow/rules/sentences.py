"""What can be wrong with a drawing: a stable code, the sentence, and what to do.

Sources: BPMN 2.0.2 (ISO/IEC 19510), the clause of the element concerned, unless the code says that
this engine does not run something (``unsupported-…``).
"""

from typing import Literal

from shuzheng.support.workflow.rules.refusals import FlowProblem

SENTENCES: dict[str, tuple[str, str]] = {
    # the file
    "xml-too-large": ("文件超过 5 MB。", "请拆分流程图后重新上传。"),
    "xml-doctype": ("文件含有文档类型声明(DOCTYPE)。", "请去掉该声明后重新导出。"),
    "xml-unreadable": ("文件不是完好的 XML:{error}。", "请重新导出流程图。"),
    "xml-not-bpmn": ("文件不是 BPMN 2.0 流程图。", "请上传 BPMN 2.0 格式的文件。"),
    "xml-too-deep": ("文件的嵌套层次过深。", "请简化流程图后重新导出。"),
    "process-missing": ("文件中没有可执行的流程。", "请画出流程并设为可执行。"),
    # names and references
    "id-missing": ("{element} 没有 id。", "请为每个元素设置唯一的 id。"),
    "id-duplicate": ("id“{id}”被用了 {count} 次。", "请为每个元素设置不同的 id。"),
    "uri-invalid": ("{attribute}“{value}”不是有效的 URI。", "请改为有效的 URI。"),
    "reference-missing": ("{attribute} 引用的“{value}”不存在。", "请改正引用或补画该元素。"),
    "reference-wrong": ("{attribute} 引用的“{value}”是 {found}，此处不能引用。", "请改正引用。"),
    "event-definition-not-shared": (
        "引用的事件定义“{value}”画在另一个事件里，不能共用。",
        "请把事件定义移到文件顶层，或在本事件中另画一个。",
    ),
    # sequence flows
    "flow-ends-missing": ("顺序流缺少起点或终点。", "请连接两端。"),
    "flow-crosses-boundary": ("顺序流跨越了流程或子流程的边界。", "跨流程请用消息流。"),
    "flow-listing-wrong": ("{direction}列出的“{value}”与顺序流不符。", "请重新连接该顺序流。"),
    "condition-alone": ("只有一条带条件的出口，条件不成立时无路可走。", "请再画出口或去掉条件。"),
    "condition-not-allowed": ("{source} 的出口不能带条件。", "请去掉条件或改用排他网关。"),
    "condition-not-boolean": ("“{text}”不是真假判断。", "请写成可判断真假的表达式。"),
    "default-conditional": ("默认路径不应带条件。", "请去掉该路径的条件。"),
    "default-not-outgoing": ("默认路径“{value}”不是它的出口。", "请从出口中选一条为默认。"),
    "default-missing": ("所有出口都带条件且没有默认路径。", "请设置默认路径，以免数据缺失时卡住。"),
    "node-not-reached": ("没有顺序流进入它。", "请连接进入它的顺序流。"),
    "node-leads-nowhere": ("没有顺序流离开它。", "请连接离开它的顺序流。"),
    "start-without-end": ("有开始事件而没有结束事件。", "请补画结束事件。"),
    "end-without-start": ("有结束事件而没有开始事件。", "请补画开始事件。"),
    # gateways
    "gateway-direction": ("网关方向标为 {direction}，但有 {incoming} 进 {outgoing} 出。", "请改。"),
    "gateway-useless": ("网关既不分支也不合并。", "请删去，或补画分支。"),
    "event-gateway-outgoing": ("事件网关至少要有两个出口。", "请补画等待的事件。"),
    "event-gateway-target": ("事件网关之后只能是捕获事件或接收任务。", "请改画为捕获事件。"),
    "event-gateway-mixed": ("事件网关之后不能同时有消息事件和接收任务。", "请统一使用其中一种。"),
    "event-gateway-boundary": ("事件网关之后的接收任务不能有边界事件。", "请去掉边界事件。"),
    "event-gateway-target-incoming": ("事件网关之后的事件不能再有其他入口。", "请去掉其他入口。"),
    "event-gateway-instantiate": ("启动流程的事件网关不能有入口。", "请去掉入口或取消启动。"),
    # events
    "trigger-not-allowed": ("{event}不能用 {trigger} 触发。", "请换用允许的事件类型。"),
    "trigger-missing": ("{event}没有事件定义。", "请选择事件类型。"),
    "non-interrupting-not-allowed": ("{trigger} 事件必须中断。", "请设为中断事件。"),
    "event-subprocess-starts": ("事件子流程要有且只有一个开始事件，现有 {count} 个。", "请改正。"),
    "event-subprocess-flow": ("事件子流程不能有顺序流进出。", "请去掉该顺序流。"),
    "start-incoming": ("开始事件不能有入口。", "请去掉入口。"),
    "start-no-outgoing": ("开始事件没有出口。", "请连接后续步骤。"),
    "end-outgoing": ("结束事件不能有出口。", "请去掉出口。"),
    "end-no-incoming": ("结束事件没有入口。", "请连接前面的步骤。"),
    "boundary-incoming": ("边界事件不能有入口。", "请去掉入口。"),
    "boundary-no-outgoing": ("边界事件没有出口。", "请连接后续步骤。"),
    "boundary-outgoing": ("补偿边界事件不能有顺序流出口。", "请用关联线连到补偿活动。"),
    "boundary-unattached": ("边界事件没有附在活动上。", "请把它附到一个活动上。"),
    "event-no-outgoing": ("中间事件没有出口。", "请连接后续步骤。"),
    "event-no-incoming": ("中间事件没有入口。", "请连接前面的步骤。"),
    "message-missing": ("消息事件没有指定消息。", "请选择或新建消息。"),
    "signal-missing": ("信号事件没有指定信号。", "请选择或新建信号。"),
    "escalation-missing": ("抛出升级的事件没有指定升级。", "请选择或新建升级。"),
    "error-missing": ("抛出错误的事件没有指定错误。", "请选择或新建错误。"),
    "error-code-missing": ("抛出的错误没有错误代码。", "请填写错误代码。"),
    "operation-missing": ("消息事件没有指定操作。", "本系统按消息名称收发，可以不填。"),
    "link-unmatched": ("链接“{name}”在本层没有对应的{other}。", "请补画同名的链接事件。"),
    "link-duplicate": ("链接“{name}”有多个捕获事件。", "同名链接只能有一个捕获事件。"),
    "cancel-outside-transaction": ("取消事件只能用于事务子流程。", "请改用错误事件。"),
    "compensation-handler-missing": (
        "补偿边界事件没有关联到补偿活动。",
        "请用关联线连到一个标为补偿的活动。",
    ),
    "compensation-flow": ("补偿活动不能有顺序流进出。", "请只用关联线连接。"),
    "timer-count": (
        "定时事件要有且只有一个时间，现有 {count} 个。",
        "请只填时长、时刻、周期之一。",
    ),
    "timer-by-variable": ("时间“{text}”不是 ISO 8601,将作为表达式计算。", "请确认变量存在。"),
    # activities
    "quantity-invalid": ("{attribute} 为“{value}”，应不小于 1。", "请改为正整数。"),
    "loop-maximum": ("循环次数上限“{value}”不是正整数。", "请改为正整数或去掉。"),
    "loop-both": ("同时标了循环和多实例。", "请只保留一种。"),
    "ad-hoc-start-end": ("临时子流程中不能有开始或结束事件。", "请去掉。"),
    "choreography-in-process": ("流程中不能有编排活动。", "请去掉编排活动。"),
    "performer-both": ("同一执行者既指定资源又写了分派表达式。", "请只保留一种。"),
    "script-language": ("脚本语言“{value}”不能执行。", "请用 FEEL 编写脚本。"),
    "service-unnamed": ("服务任务没有写明要办的操作。", "请填写 shuzheng:operation。"),
    "decision-unnamed": ("决策任务没有写明决策。", "请填写 shuzheng:decision。"),
    "call-unnamed": ("调用活动没有写明被调用的流程。", "请填写 calledElement。"),
    # expressions
    "expression-informal": ("{place}不是正式表达式(tFormalExpression)。", "请改为可算的表达式。"),
    "expression-unreadable": ("表达式“{text}”无法读取：{error}。", "请按 FEEL 语法改写。"),
    "expression-empty": ("{place}是空的。", "请填写。"),
    # data
    "collection-mismatch": ("isCollection 与数据类型“{value}”不一致。", "请改为一致。"),
    "data-reference-name": ("名称应为“{expected}”。", "请按“数据对象名 [状态]”命名。"),
    "property-misplaced": ("属性只能属于流程、活动或事件。", "请移到其中。"),
    "data-set-missing": ("不在任何一个{place}中。", "请加入一个{place}。"),
    "data-set-subset": ("“{value}”未列入同一集合。", "可选或执行期间的数据也要列入集合。"),
    "data-set-pairing": ("输入集与输出集的引用不成对。", "请让两边互相引用。"),
    "data-association-ends": ("数据关联的{end}“{value}”不在可用范围内。", "请改正引用。"),
    "data-association-types": ("数据关联两端类型不同而没有转换。", "请统一类型或补写转换。"),
    "data-association-sources": ("数据关联有多个来源而没有转换。", "请只留一个来源或补写转换。"),
    "operation-data": ("输入输出与操作“{value}”的消息不符。", "请让数据类型与操作的消息一致。"),
    "call-data-mismatch": ("输入输出与被调用的“{value}”不符。", "请补齐或删去多余的数据。"),
    "io-binding-missing": ("声明了接口而没有数据绑定。", "请补写 ioBinding。"),
    "io-binding-data": ("数据绑定与操作“{value}”的消息不符。", "请让数据类型一致。"),
    "event-data": ("事件的数据与事件定义不符。", "请为每个带数据的事件定义写一项同类型的数据。"),
    # collaboration
    "message-flow-inside": ("消息流的两端属于同一个参与者。", "同一流程内请用顺序流。"),
    "message-flow-direction": ("消息流不能{way}“{value}”。", "捕获事件只接收，抛出事件只发送。"),
    # what can go wrong though every rule is kept
    "deadlock": ("可能永远等不齐所有入口。", "请核对分支与合并的网关。"),
    "not-synchronised": ("可能被重复执行。", "请先用网关合并并行的分支。"),
    "unreachable": ("永远不会走到。", "请连接到流程中或删去。"),
    "never-ends": ("从这里走不到任何结束。", "请为循环画出出口。"),
    # what this engine does not run
    "unsupported-ad-hoc": ("本系统不执行临时子流程。", "请改用普通子流程。"),
    "unsupported-transaction": ("本系统不执行事务子流程。", "请改用子流程加错误事件和补偿。"),
    "unsupported-complex-gateway": ("本系统不执行复杂网关。", "请改用排他、并行或包容网关。"),
    "unsupported-choreography": ("本系统不执行编排。", "请改画为流程。"),
    "unsupported-cancel": ("本系统不执行取消事件。", "请改用错误事件。"),
    "unsupported-parallel-event-gateway": ("本系统不执行并行事件网关。", "请用并行网关分别等待。"),
    "unsupported-global-task": ("本系统不调用全局任务“{value}”。", "请改为调用流程。"),
    "unsupported-compensation-loop": ("补偿活动不能循环或多实例。", "请放进子流程。"),
}  # fmt: skip
WARNINGS = frozenset(
    {
        "operation-missing",
        "default-missing",
        "timer-by-variable",
        "service-unnamed",
        "decision-unnamed",
        "call-unnamed",
        "deadlock",
        "not-synchronised",
        "unreachable",
        "never-ends",
    }
)


def describe(code: str, element: str, line: int = 0, /, **facts: object) -> FlowProblem:
    """Return a problem in the words of its code."""
    message, remedy = SENTENCES[code]
    severity: Literal["error", "warning"] = "warning" if code in WARNINGS else "error"
    return FlowProblem(
        code, element, message.format_map(facts), remedy.format_map(facts), severity, line
    )
