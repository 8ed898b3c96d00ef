"""Moving a running case from one version of a flow to another, or saying why it must stay."""

from shuzheng.support.workflow.rules.migration.migrating import Migration, migrate
from shuzheng.support.workflow.rules.migration.moves import MigrationAmbiguous, Move, Stay
from shuzheng.support.workflow.rules.migration.planning import (
    Group,
    GroupPlan,
    group_of,
    plan_migration,
)

__all__ = [
    "Group",
    "GroupPlan",
    "Migration",
    "MigrationAmbiguous",
    "Move",
    "Stay",
    "group_of",
    "migrate",
    "plan_migration",
]
