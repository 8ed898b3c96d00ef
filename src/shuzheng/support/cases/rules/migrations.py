"""Migrations of running cases: who may, what the journal says, what is refused."""

from shuzheng.infrastructure.access.rules import declare_permission
from shuzheng.infrastructure.journal.rules import declare_entry_kind
from shuzheng.policy.refusals import Conflict, Invalid, NotFound, gettext_noop
from shuzheng.support.cases.rules.refusals import CaseRefusal

MIGRATE_CASES = declare_permission("cases.migrate", "将本部门流程的在办件迁移到新版本")

MIGRATION_OPENED = declare_entry_kind(
    "flow.migration_opened",
    "开始将在办件迁移到流程的新版本",
    facts=("key", "version", "migration", "cases", "reasons"),
)
MIGRATION_RETRIED = declare_entry_kind(
    "flow.migration_retried",
    "重新尝试迁移留在旧版的办件",
    facts=("key", "version", "migration", "cases", "reasons"),
)
MIGRATION_FINISHED = declare_entry_kind(
    "flow.migration_finished",
    "完成了在办件的迁移",
    facts=("key", "version", "migration", "moved", "stays", "left"),
)
CASE_MIGRATED = declare_entry_kind(
    "case.migrated",
    "转入流程的新版本",
    facts=("number", "matter", "flow", "from_version", "to_version", "moves", "reasons"),
)
MIGRATION_FAILED = declare_entry_kind(
    "case.migration_failed",
    "未能转入流程的新版本",
    facts=("number", "matter", "migration", "error"),
)

WAITING, MOVED, STAYS, LEFT = "waiting", "moved", "stays", "left"
"""A case of a migration waits, has moved, stays for reasons, or needs it no more."""
STATE_NAMES = {
    WAITING: gettext_noop("待迁移"),
    MOVED: gettext_noop("已迁移"),
    STAYS: gettext_noop("留在旧版"),
    LEFT: gettext_noop("已无须迁移"),
}


class MigrationUnknown(CaseRefusal, NotFound):
    """There is no such migration, or the case is not in it."""

    code = "migration-unknown"
    template = gettext_noop("没有找到这次迁移或其中的办件。")


class MigrationOutdated(CaseRefusal, Conflict):
    """Cases move to the version in force only."""

    code = "migration-outdated"
    template = gettext_noop("“{title}”第 {number} 版已不是现行版本，不能再迁入。")
    remedy = gettext_noop("请迁移到现行版本。")


class MigrationSuperseded(CaseRefusal, Conflict):
    """One migration of a flow runs at a time."""

    code = "migration-superseded"
    template = gettext_noop("这个流程已有另一次迁移正在进行。")
    remedy = gettext_noop("请在那一次迁移里处理留在旧版的办件。")


class MigrationReasonsMissing(CaseRefusal, Invalid):
    """Why cases move is said."""

    code = "migration-reasons-missing"
    template = gettext_noop("迁移在办件应当说明理由。")
    remedy = gettext_noop("请填写理由。")


class CaseNotStaying(CaseRefusal, Conflict):
    """Only a case that stays behind is placed by hand."""

    code = "migration-case-not-staying"
    template = gettext_noop("办件 {number} 不在待人工处理之列（{state}）。")
    remedy = gettext_noop("请刷新页面查看最新状态。")
