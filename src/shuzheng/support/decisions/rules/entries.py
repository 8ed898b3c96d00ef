"""What this room writes into the journal, and who may change or set aside decisions."""

from shuzheng.infrastructure.access.rules import declare_permission
from shuzheng.infrastructure.journal.rules import declare_entry_kind

PUBLISH_DECISION = declare_permission("decisions.publish", "发布决策表")
DRAFT_DECISION = declare_permission("decisions.draft", "起草决策表的修改")
REVIEW_DECISION = declare_permission("decisions.review", "审核决策表的修改")
SET_ASIDE_DECISION = declare_permission("decisions.set_aside", "以人工判断取代决策表的结果")
SEE_DECISIONS = declare_permission("decisions.see", "查看决策表及其运行记录")

DECISION_DRAFTED = declare_entry_kind(
    "decision.drafted", "起草了决策表的修改", facts=("key", "draft", "base", "reasons")
)
DECISION_REVIEWED = declare_entry_kind(
    "decision.reviewed", "审核了决策表的修改", facts=("key", "draft", "verdict", "reasons")
)
DECISION_PUBLISHED = declare_entry_kind(
    "decision.published", "发布了决策的新版本", facts=("key", "version", "digest")
)
DECISION_WITHDRAWN = declare_entry_kind("decision.withdrawn", "停用了决策", facts=("key",))
DECISION_MADE = declare_entry_kind(
    "decision.made",
    "按决策表作出了判断",
    facts=("decision", "version", "run", "rules", "value"),
)
DECISION_READ = declare_entry_kind("decision.read", "查看了决策的理由", facts=("decision", "run"))
DECISION_SET_ASIDE = declare_entry_kind(
    "decision.set_aside",
    "以人工判断取代了决策表的结果",
    facts=("decision", "run", "before", "value", "reasons"),
)
