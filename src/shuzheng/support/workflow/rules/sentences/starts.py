"""A flow as the flow of its matter: whether it can begin by itself, as rooms above know."""

from shuzheng.policy.refusals import gettext_noop
from shuzheng.support.workflow.rules.sentences.declaring import ProblemKind

KINDS = (
    ProblemKind(
        "start-of-no-matter",
        gettext_noop("流程会自行开始，却没有事项以它办理，无从知道要启动哪个事项。"),
        gettext_noop("请登记一个 offered: false 的事项并指明本流程，或去掉该开始事件。"),
    ),
    ProblemKind(
        "start-of-many-matters",
        gettext_noop("流程会自行开始，却有多个事项以它办理：{matters}。"),
        gettext_noop("请让一个事项对应一个自行开始的流程。"),
    ),
    ProblemKind(
        "start-of-application",
        gettext_noop("事项“{matter}”由人申请，流程却画了会自行开始的事件。"),
        gettext_noop("请把事项改为 offered: false，或去掉该开始事件。"),
    ),
    ProblemKind(
        "opened-by-application",
        gettext_noop("事项“{matter}”由人申请，却写了 opened_by。"),
        gettext_noop("请把事项改为 offered: false，或去掉 opened_by。"),
    ),
    ProblemKind(
        "start-missing",
        gettext_noop("事项“{matter}”不由人申请，流程也没有会自行开始的事件，永远不会启动。"),
        gettext_noop("请画消息、信号、定时或条件开始事件，或写明 opened_by。"),
    ),
    ProblemKind(
        "start-unreachable",
        gettext_noop("事项“{matter}”的流程有一个开始事件不会到达。"),
        gettext_noop("没有 opened_by 时去掉普通开始和条件开始；有条件开始时去掉普通开始。"),
    ),
    ProblemKind(
        "start-by-entry-missing",
        gettext_noop("事项“{matter}”写了 opened_by，流程却没有普通开始或条件开始。"),
        gettext_noop("请画一个普通开始或条件开始事件，或去掉 opened_by。"),
    ),
    ProblemKind(
        "start-needs-several",
        gettext_noop("开始事件同时等待几件事，本系统不能以它启动办件。"),
        gettext_noop("请分成几个开始事件，各等一件事。"),
    ),
    ProblemKind(
        "start-timer-unreadable",
        gettext_noop("开始事件的定时“{value}”不是写明的时间、时长或周期。"),
        gettext_noop("启动前没有数据可用：请直接写 ISO 8601，例如 R/P1M。"),
    ),
    ProblemKind(
        "start-timer-too-often",
        gettext_noop("开始事件的定时“{value}”间隔不足一分钟。"),
        gettext_noop("请改为一分钟以上。"),
    ),
    ProblemKind(
        "start-without-applicant",
        gettext_noop("事项“{matter}”没有申请人，流程却有一步要交给申请人：{step}。"),
        gettext_noop("请去掉这一步；办结用 cases.close。"),
    ),
    ProblemKind(
        "start-never-closed",
        gettext_noop("事项“{matter}”的流程没有办结这一步，办件会一直在办。"),
        gettext_noop("请在结束前加服务任务 cases.close。"),
    ),
    ProblemKind(
        "message-begins-several",
        gettext_noop("消息“{name}”会启动几个事项：{matters}。"),
        gettext_noop("一条消息只启动一个办件，请改用不同的消息名或信号。"),
    ),
)
