"""Content of a city: kinds, loading, planning."""

from shuzheng.infrastructure.access.rules import declare_permission
from shuzheng.infrastructure.content.rules.editing import (
    Applied,
    Edit,
    EditedItem,
    differing,
    edited_items,
)
from shuzheng.infrastructure.content.rules.kinds import (
    ContentKind,
    ContentModel,
    Item,
    KindsInCircle,
    Library,
    Problem,
    in_order,
    register_check,
    register_kind,
    register_reader,
    register_use,
    registered_checks,
    registered_kinds,
    registered_readers,
    texts_of,
    use_of,
)
from shuzheng.infrastructure.content.rules.loading import Loaded, load_city
from shuzheng.infrastructure.content.rules.planning import Change, Plan, plan_of
from shuzheng.infrastructure.content.rules.refusals import (
    ContentInUse,
    ContentInvalid,
    ContentRefusal,
    EditedInBrowser,
    NotEdited,
    ReasonMissing,
)
from shuzheng.infrastructure.content.rules.schemas import schema_files

APPLY_CONTENT = declare_permission("content.apply", "应用城市内容")

__all__ = [
    "APPLY_CONTENT",
    "Applied",
    "Change",
    "ContentInUse",
    "ContentInvalid",
    "ContentKind",
    "ContentModel",
    "ContentRefusal",
    "Edit",
    "EditedInBrowser",
    "EditedItem",
    "Item",
    "KindsInCircle",
    "Library",
    "Loaded",
    "NotEdited",
    "Plan",
    "Problem",
    "ReasonMissing",
    "differing",
    "edited_items",
    "in_order",
    "load_city",
    "plan_of",
    "register_check",
    "register_kind",
    "register_reader",
    "register_use",
    "registered_checks",
    "registered_kinds",
    "registered_readers",
    "schema_files",
    "texts_of",
    "use_of",
]
