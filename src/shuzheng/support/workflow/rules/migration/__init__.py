"""Moving a running case from one version of a flow to another, or saying why it must stay."""

from shuzheng.support.workflow.rules.migration.choosing import (
    FORGOTTEN,
    ChoiceImpossible,
    Choices,
    StepsLeftOut,
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
    in_names,
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
from shuzheng.support.workflow.rules.migration.reaching import done_in

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
    "StepsLeftOut",
    "done_in",
    "group_of",
    "in_names",
    "merge",
    "migrate",
    "migrate_alike",
    "plan_alike",
    "plan_group",
    "plan_migration",
    "read_stay",
    "stay_refused",
    "stays_of",
    "write_stay",
]
