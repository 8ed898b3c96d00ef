"""What this room writes into the journal, and who may publish."""

from shuzheng.infrastructure.access.rules import declare_permission
from shuzheng.infrastructure.journal.rules import declare_entry_kind

PUBLISH_FLOW = declare_permission("workflow.publish", "发布流程")

FLOW_PUBLISHED = declare_entry_kind(
    "flow.published", "发布了流程的新版本", facts=("key", "version", "digest")
)
FLOW_WITHDRAWN = declare_entry_kind("flow.withdrawn", "停用了流程", facts=("key",))
