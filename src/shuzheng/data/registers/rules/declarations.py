"""What this room lets posts do, and what it writes into the journal."""

from shuzheng.infrastructure.access.rules import declare_permission
from shuzheng.infrastructure.journal.rules import declare_entry_kind

READ_RECORDS = declare_permission("registers.read", "为办件读取基础数据库中的个人信息")
RECORD_VALUES = declare_permission("registers.record", "向基础数据库写入部门归集的数据")
DECIDE_DISPUTES = declare_permission("registers.decide", "处理数据异议和查阅异议")

READ = declare_entry_kind(
    "register.read",
    "读取了基础数据库中的个人信息",
    facts=("register", "fields", "clear", "department"),
)
VALUES_RECORDED = declare_entry_kind(
    "register.values_recorded",
    "向基础数据库写入了归集数据",
    facts=("register", "dataset", "batch", "made", "changed", "unchanged"),
)
VALUES_ENDED = declare_entry_kind(
    "register.values_ended",
    "终止了来源已不再提供的登记信息",
    facts=("register", "dataset", "batch", "ended"),
)
DIFFERENCE_REPORTED = declare_entry_kind(
    "register.difference_reported",
    "当事人提出登记信息与实际不符",
    facts=("register", "field", "name", "difference"),
)
DIFFERENCE_DECIDED = declare_entry_kind(
    "register.difference_decided",
    "数据管理员处理了数据异议",
    facts=("register", "field", "name", "difference", "outcome", "reason", "person"),
)
OBJECTION_RAISED = declare_entry_kind(
    "register.objection_raised", "当事人对查阅其信息提出异议", facts=("objection", "entry")
)
OBJECTION_ANSWERED = declare_entry_kind(
    "register.objection_answered",
    "数据管理员答复了查阅异议",
    facts=("objection", "answer", "person"),
)
