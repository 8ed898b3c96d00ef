"""What this room writes into the journal, and who may draft, review and publish."""

from shuzheng.infrastructure.access.rules import declare_permission
from shuzheng.infrastructure.journal.rules import declare_entry_kind

PUBLISH_FLOW = declare_permission("workflow.publish", "发布流程")
DRAFT_FLOW = declare_permission("workflow.draft", "起草本部门流程的修改")
REVIEW_FLOW = declare_permission("workflow.review", "审核并发布本部门流程的修改")
SEE_FLOWS = declare_permission("workflow.see", "查看流程及其版本和草稿")

FLOW_DRAFT_STARTED = declare_entry_kind(
    "flow.draft_started", "开始起草流程的修改", facts=("key", "draft", "base")
)
FLOW_DRAFT_SAVED = declare_entry_kind(
    "flow.draft_saved", "保存了流程草稿", facts=("key", "draft", "revision", "digest")
)
FLOW_SENT_TO_REVIEW = declare_entry_kind(
    "flow.sent_to_review", "将流程草稿送审", facts=("key", "draft", "reasons", "digest")
)
FLOW_SENT_BACK = declare_entry_kind(
    "flow.sent_back", "退回了流程草稿", facts=("key", "draft", "reasons")
)
FLOW_DRAFT_DROPPED = declare_entry_kind(
    "flow.draft_dropped", "放弃了流程草稿", facts=("key", "draft")
)
FLOW_PUBLISHED = declare_entry_kind(
    "flow.published",
    "发布了流程的新版本",
    facts=("key", "version", "digest", "draft", "drafted_by", "reasons"),
)
FLOW_WITHDRAWN = declare_entry_kind("flow.withdrawn", "停用了流程", facts=("key",))
