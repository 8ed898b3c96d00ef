"""The rules of collection: datasets, checks, refusals, declarations."""

from shuzheng.data.collection.rules.checking import ReadRow, check_cell, read_feed
from shuzheng.data.collection.rules.datasets import CheckName, Column, Dataset
from shuzheng.data.collection.rules.refusals import (
    CollectionRefusal,
    FeedNotText,
    HeadingsMissing,
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

__all__ = [
    "BATCH_COLLECTED",
    "COLLECT_DATA",
    "CheckName",
    "CollectionRefusal",
    "Column",
    "Dataset",
    "FeedNotText",
    "HeadingsMissing",
    "ReadRow",
    "UnknownBatch",
    "UnknownDataset",
    "check_cell",
    "read_feed",
]
