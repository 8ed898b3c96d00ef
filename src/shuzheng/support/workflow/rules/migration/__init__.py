"""Moving a running case from one version of a flow to another, or saying why it must stay."""

from shuzheng.support.workflow.rules.migration.choosing import ChoiceImpossible, Choices, options
from shuzheng.support.workflow.rules.migration.migrating import (
    Migration,
    Passage,
    migrate,
    migrate_alike,
)
from shuzheng.support.workflow.rules.migration.moves import MigrationAmbiguous, Move, Stay
from shuzheng.support.workflow.rules.migration.planning import (
    Group,
    GroupPlan,
    group_of,
    merge,
    plan_group,
    plan_migration,
)

__all__ = [
    "ChoiceImpossible",
    "Choices",
    "Group",
    "GroupPlan",
    "Migration",
    "MigrationAmbiguous",
    "Move",
    "Passage",
    "Stay",
    "group_of",
    "merge",
    "migrate",
    "migrate_alike",
    "options",
    "plan_group",
    "plan_migration",
]
