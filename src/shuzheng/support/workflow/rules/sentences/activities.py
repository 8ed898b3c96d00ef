"""Activities and their expressions."""

from shuzheng.policy.refusals import gettext_noop
from shuzheng.support.workflow.rules.sentences.declaring import ProblemKind

KINDS = (
    ProblemKind(
        "quantity-invalid",
        gettext_noop("{attribute} 为“{value}”，应不小于 1。"),
        gettext_noop("请改为正整数。"),
    ),
    ProblemKind(
        "loop-maximum",
        gettext_noop("循环次数上限“{value}”不是正整数。"),
        gettext_noop("请改为正整数或去掉。"),
    ),
    ProblemKind(
        "loop-both", gettext_noop("同时标了循环和多实例。"), gettext_noop("请只保留一种。")
    ),
    ProblemKind(
        "ad-hoc-start-end",
        gettext_noop("临时子流程中不能有开始或结束事件。"),
        gettext_noop("请去掉。"),
    ),
    ProblemKind(
        "choreography-in-process",
        gettext_noop("流程中不能有编排活动。"),
        gettext_noop("请去掉编排活动。"),
    ),
    ProblemKind(
        "performer-both",
        gettext_noop("同一执行者既指定资源又写了分派表达式。"),
        gettext_noop("请只保留一种。"),
    ),
    ProblemKind(
        "script-language",
        gettext_noop("脚本语言“{value}”不能执行。"),
        gettext_noop("请用 FEEL 编写脚本。"),
    ),
    ProblemKind(
        "service-unnamed",
        gettext_noop("服务任务没有写明要办的操作。"),
        gettext_noop("请填写 shuzheng:operation。"),
        severity="warning",
    ),
    ProblemKind(
        "decision-unnamed",
        gettext_noop("决策任务没有写明决策。"),
        gettext_noop("请填写 shuzheng:decision。"),
        severity="warning",
    ),
    ProblemKind(
        "call-unnamed",
        gettext_noop("调用活动没有写明被调用的流程。"),
        gettext_noop("请填写 calledElement。"),
        severity="warning",
    ),
    ProblemKind(
        "expression-informal",
        gettext_noop("{place}不是正式表达式（tFormalExpression）。"),
        gettext_noop("请改为可算的表达式。"),
    ),
    ProblemKind(
        "expression-unreadable",
        gettext_noop("表达式“{text}”无法读取：{error}。"),
        gettext_noop("请按 FEEL 语法改写。"),
    ),
    ProblemKind("expression-empty", gettext_noop("{place}是空的。"), gettext_noop("请填写。")),
)
