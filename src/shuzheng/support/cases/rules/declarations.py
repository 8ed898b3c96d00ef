"""What posts may do with cases, and what the journal says of it."""

from shuzheng.infrastructure.access.rules import declare_permission
from shuzheng.infrastructure.journal.rules import declare_entry_kind

HELP_APPLICANT = declare_permission("cases.help", "受群众委托代办、收件")
RECEIVE_CASE = declare_permission("cases.receive", "审查收件、告知补正、统一受理")
REVIEW_CASE = declare_permission("cases.review", "审查本部门事项并提出意见")
RULE_CASE = declare_permission("cases.rule", "对本部门事项作出决定")
SUSPEND_CLOCK = declare_permission("cases.suspend", "依法启动和结束特别程序")
VISIT_SITE = declare_permission("cases.visit", "组织并记录联合现场核查")
READ_CASE = declare_permission("cases.read", "查看本部门办件")
SUPERVISE_CASES = declare_permission("cases.supervise", "督办超期任务")
RECEIVE_HAND_OVER = declare_permission("cases.receive_hand_over", "签收审批监管衔接")
AUDIT_CASES = declare_permission("cases.audit", "审计办件留痕")

DRAFTED = declare_entry_kind(
    "case.drafted",
    "开始填写",
    facts=("number", "matter", "is_helped", "helper", "helper_post", "link"),
)
SAVED = declare_entry_kind("case.saved", "保存草稿", facts=("revision",))
PREMISES_CHOSEN = declare_entry_kind(
    "case.premises_chosen", "选择场所", facts=("premises", "cleared")
)
ASSESSED = declare_entry_kind("case.assessed", "回答情形问题", facts=("verdict", "matters"))
FILE_ATTACHED = declare_entry_kind("case.file_attached", "上传材料", facts=("material", "sha256"))
FILE_REMOVED = declare_entry_kind("case.file_removed", "移除材料", facts=("material", "sha256"))
SUBMITTED = declare_entry_kind("case.submitted", "提交申请", facts=("number", "matter", "link"))
CORRECTION_ASKED = declare_entry_kind(
    "case.correction_asked",
    "一次性告知补正",
    facts=("number", "matter", "deadline_on", "count", "post", "link"),
)
COMMITMENT_MADE = declare_entry_kind(
    "case.commitment_made", "申请人在线作出承诺", facts=("number", "matter", "material", "sha256")
)
CORRECTED = declare_entry_kind("case.corrected", "提交补正", facts=("number", "matter"))
ACCEPTED = declare_entry_kind(
    "case.accepted",
    "受理",
    facts=("number", "matter", "promised_on", "entrustments", "is_deemed", "post", "link"),
)
NOT_ACCEPTED = declare_entry_kind(
    "case.not_accepted", "不予受理", facts=("number", "matter", "reason", "post", "link")
)
DEEMED_WITHDRAWN = declare_entry_kind(
    "case.deemed_withdrawn", "逾期未补正视为撤回", facts=("number", "matter", "link")
)
WITHDRAWN = declare_entry_kind("case.withdrawn", "撤回申请", facts=("number", "matter", "link"))
MEMBER_OPENED = declare_entry_kind(
    "case.member_opened", "部门事项开始办理", facts=("number", "matter", "department", "due_on")
)
CLOCK_SUSPENDED = declare_entry_kind(
    "case.suspended",
    "期限中止",
    facts=("number", "matter", "kind", "reason", "expected_working_days", "clause", "link"),
)
CLOCK_RESUMED = declare_entry_kind(
    "case.resumed", "期限恢复", facts=("number", "matter", "kind", "due_on", "link")
)
DUE_MOVED = declare_entry_kind(
    "case.due_moved", "到期日变动", facts=("clock", "from_on", "to_on", "cause")
)
VISITED = declare_entry_kind(
    "case.visited", "联合现场核查", facts=("number", "visited_on", "departments")
)
REVIEWED = declare_entry_kind(
    "case.reviewed", "提出审查意见", facts=("number", "matter", "advises_grant")
)
RULED = declare_entry_kind(
    "case.ruled",
    "作出决定",
    facts=("number", "matter", "department", "is_granted", "outcome", "link"),
)
SERVICE_REQUESTED = declare_entry_kind(
    "case.service_requested", "交办服务", facts=("operation", "case", "token")
)
SERVICE_DONE = declare_entry_kind("case.service_done", "服务完成", facts=("operation", "token"))
DELIVERED = declare_entry_kind("case.delivered", "送达", facts=("number", "matter", "link"))
PUBLISHED = declare_entry_kind("case.published", "公开决定", facts=("number", "matter"))
HANDED_OVER = declare_entry_kind(
    "case.handed_over",
    "推送监管部门",
    facts=("number", "matter", "department", "check_by_on", "post"),
)
HAND_OVER_RECEIVED = declare_entry_kind(
    "case.hand_over_received", "监管部门签收", facts=("number", "department")
)
ARCHIVED = declare_entry_kind("case.archived", "归档", facts=("number", "sha256"))
RATED = declare_entry_kind("case.rated", "评价", facts=("number", "level"))
TASK_OPENED = declare_entry_kind(
    "task.opened", "产生任务", facts=("number", "matter", "task", "post", "due_on", "link")
)
TASK_CLAIMED = declare_entry_kind("task.claimed", "认领任务", facts=("task", "task_id", "holder"))
TASK_RELEASED = declare_entry_kind("task.released", "退回认领", facts=("task", "task_id", "holder"))
TASK_DONE = declare_entry_kind("task.done", "完成任务", facts=("task", "outcome"))
OVERDUE = declare_entry_kind(
    "case.overdue", "超期提级", facts=("number", "matter", "task", "post", "from_post", "link")
)
CASE_READ = declare_entry_kind("case.read", "查阅办件", facts=("number", "fields"))
FILE_READ = declare_entry_kind(
    "case.file_read", "查阅材料", facts=("number", "material"), reads_person=True
)
