"""The only writers of this room: decisions taken, set aside, drafted, published, withdrawn."""

from shuzheng.support.decisions.operations.deciding import (
    decide,
    decide_within,
    open_run,
    set_aside,
)
from shuzheng.support.decisions.operations.drafting import (
    drop_draft,
    renew_draft,
    save_draft,
    send_to_review,
)
from shuzheng.support.decisions.operations.publishing import (
    decision_in,
    publish_decision,
    put_version,
    take_back,
    withdraw_decision,
)
from shuzheng.support.decisions.operations.reviewing import publish_draft, review_draft

__all__ = [
    "decide",
    "decide_within",
    "decision_in",
    "drop_draft",
    "open_run",
    "publish_decision",
    "publish_draft",
    "put_version",
    "renew_draft",
    "review_draft",
    "save_draft",
    "send_to_review",
    "set_aside",
    "take_back",
    "withdraw_decision",
]
