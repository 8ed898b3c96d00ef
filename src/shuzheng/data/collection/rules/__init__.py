"""The rules of collection: datasets, checks, refusals, declarations."""

from shuzheng.data.collection.rules.checking import ReadRow, check_cell, read_feed
from shuzheng.data.collection.rules.datasets import CheckName, Column, Dataset
from shuzheng.data.collection.rules.endings import why_held
from shuzheng.data.collection.rules.refusals import (
    CollectionRefusal,
    EndingsOutdated,
    FeedNotText,
    HeadingsMissing,
    NoEndingsHeld,
    ReasonMissing,
    UnknownBatch,
    UnknownDataset,
)
from shuzheng.infrastructure.access.rules import declare_permission
from shuzheng.infrastructure.journal.rules import declare_entry_kind

COLLECT_DATA = declare_permission("collection.collect", "归集部门数据")
BATCH_COLLECTED = declare_entry_kind(
    "collection.batch_collected",
    "归集了一批部门数据",
    facts=("dataset", "batch", "filename", "sha256", "total", "good", "bad"),
)
ENDINGS_HELD = declare_entry_kind(
    "collection.endings_held",
    "全量数据缺少的记录过多，等待确认",
    facts=("dataset", "name", "batch", "absent", "because", "link"),
)
ENDINGS_DECIDED = declare_entry_kind(
    "collection.endings_decided",
    "处理了等待确认的终止",
    facts=("dataset", "batch", "ended", "is_confirmed", "reason"),
)

__all__ = [
    "BATCH_COLLECTED",
    "COLLECT_DATA",
    "ENDINGS_DECIDED",
    "ENDINGS_HELD",
    "CheckName",
    "CollectionRefusal",
    "Column",
    "Dataset",
    "EndingsOutdated",
    "FeedNotText",
    "HeadingsMissing",
    "NoEndingsHeld",
    "ReadRow",
    "ReasonMissing",
    "UnknownBatch",
    "UnknownDataset",
    "check_cell",
    "read_feed",
    "why_held",
]
