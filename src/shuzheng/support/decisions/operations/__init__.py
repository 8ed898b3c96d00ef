"""The only writers of this room: decisions taken, set aside, published, withdrawn."""

from shuzheng.support.decisions.operations.deciding import decide, open_run, set_aside
from shuzheng.support.decisions.operations.publishing import (
    decision_in,
    publish_decision,
    put_version,
    take_back,
    withdraw_decision,
)

__all__ = [
    "decide",
    "decision_in",
    "open_run",
    "publish_decision",
    "put_version",
    "set_aside",
    "take_back",
    "withdraw_decision",
]
