"""Collection's only writers."""

from shuzheng.data.collection.operations.collecting import collect
from shuzheng.data.collection.operations.ending import decide_endings

__all__ = ["collect", "decide_endings"]
