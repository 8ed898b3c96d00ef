"""What the journal says of a flow's run beside its tasks."""

from shuzheng.infrastructure.access.rules import declare_permission
from shuzheng.infrastructure.journal.rules import declare_entry_kind

WORK_TASK = declare_permission("cases.work", "办理流程中的一般任务")
RESERVED = frozenset(
    {"accept", "advise", "check", "extend", "hear", "review", "revoke", "rule", "visit"}
)
"""Verbs of duties that have a way of their own: acceptance, opinion, ruling, joint visit …"""
SEND_MESSAGE = declare_permission("cases.send_message", "向办件流程发送消息")

MESSAGE_SENT = declare_entry_kind("flow.message_sent", "发出流程消息", facts=("name", "key"))
MESSAGE_DELIVERED = declare_entry_kind(
    "flow.message_delivered", "收到流程消息", facts=("name", "kind", "from_case")
)
MESSAGE_KEPT = declare_entry_kind(
    "flow.message_kept", "流程消息暂无办件等待，已留存", facts=("name", "key", "until")
)
MESSAGE_EXPIRED = declare_entry_kind(
    "flow.message_expired", "流程消息逾期无人等待，已作废", facts=("name", "key")
)
SIGNAL_SENT = declare_entry_kind("flow.signal_sent", "发出流程信号", facts=("name", "count"))
ESCALATED = declare_entry_kind("flow.escalated", "流程升级", facts=("number", "code", "element"))
ENDED_IN_ERROR = declare_entry_kind(
    "flow.ended_in_error", "流程因错误结束", facts=("number", "code", "element")
)
FLOW_STOPPED = declare_entry_kind(
    "flow.stopped", "流程未能自动推进", facts=("number", "cause", "code", "sentence")
)
CANCELLED = declare_entry_kind("case.cancelled", "流程不再需要该事项", facts=("number", "matter"))
SERVICE_LATE = declare_entry_kind(
    "case.service_late", "服务完成时流程已不再等待", facts=("operation", "token")
)
SERVICE_REFUSED = declare_entry_kind(
    "case.service_refused",
    "交办的服务办不成",
    facts=("number", "matter", "operation", "token", "code", "sentence", "post"),
)
SERVICE_FAILED = declare_entry_kind(
    "case.service_failed", "服务未能完成", facts=("operation", "token", "error")
)
