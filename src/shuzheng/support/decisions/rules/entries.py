"""What this room writes into the journal, and who may change or set aside decisions."""

from shuzheng.infrastructure.access.rules import declare_permission
from shuzheng.infrastructure.journal.rules import declare_entry_kind

PUBLISH_DECISION = declare_permission("decisions.publish", "发布决策表")
DRAFT_DECISION = declare_permission("decisions.draft", "起草决策表的修改")
REVIEW_DECISION = declare_permission("decisions.review", "审核决策表的修改")
SET_ASIDE_DECISION = declare_permission("decisions.set_aside", "以人工判断取代决策表的结果")
SEE_DECISIONS = declare_permission("decisions.see", "查看决策表及其运行记录")

_DRAFT = ("key", "title", "draft", "base", "revision", "drafter")
DRAFT_SAVED = declare_entry_kind("decision.draft_saved", "保存了决策表草稿", facts=_DRAFT)
DRAFT_RENEWED = declare_entry_kind(
    "decision.draft_renewed", "把决策表草稿移到了新版本上", facts=_DRAFT
)
DRAFT_DROPPED = declare_entry_kind("decision.draft_dropped", "放弃了决策表草稿", facts=_DRAFT)
DRAFT_SENT = declare_entry_kind(
    "decision.draft_sent",
    "将决策表草稿送审",
    facts=(*_DRAFT, "drafted_by", "reasons", "reviewers"),
)
DRAFT_REVIEWED = declare_entry_kind(
    "decision.draft_reviewed",
    "审核了决策表草稿",
    facts=(*_DRAFT, "verdict", "reasons", "reviewed_by"),
)
DECISION_PUBLISHED = declare_entry_kind(
    "decision.published",
    "发布了决策的新版本",
    facts=("key", "title", "version", "digest", "draft", "drafter"),
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
