"""The only writers of this room: decisions taken, set aside, drafted, published, withdrawn."""

from shuzheng.support.decisions.operations.deciding import decide, open_run, set_aside
from shuzheng.support.decisions.operations.drafting import (
    draft_decision,
    publish_draft,
    review_draft,
)
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
    "draft_decision",
    "open_run",
    "publish_decision",
    "publish_draft",
    "put_version",
    "review_draft",
    "set_aside",
    "take_back",
    "withdraw_decision",
]
