"""Moving a running case from one version of a flow to another, or saying why it must stay."""

from shuzheng.support.workflow.rules.migration.choosing import (
    FORGOTTEN,
    ChoiceImpossible,
    Choices,
    options,
)
from shuzheng.support.workflow.rules.migration.migrating import (
    Migration,
    Passage,
    migrate,
    migrate_alike,
)
from shuzheng.support.workflow.rules.migration.moves import (
    MigrationAmbiguous,
    Move,
    Stay,
    read_stay,
    stay_refused,
    write_stay,
)
from shuzheng.support.workflow.rules.migration.planning import (
    Group,
    GroupPlan,
    group_of,
    merge,
    plan_alike,
    plan_group,
    plan_migration,
    stays_of,
)

__all__ = [
    "FORGOTTEN",
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
    "plan_alike",
    "plan_group",
    "plan_migration",
    "read_stay",
    "stay_refused",
    "stays_of",
    "write_stay",
]
