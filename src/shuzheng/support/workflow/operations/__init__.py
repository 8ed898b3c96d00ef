"""The only writers of this room: flows drafted, reviewed, published, withdrawn."""

from shuzheng.support.workflow.operations.drafting import (
    draft_new_flow,
    drop_draft,
    save_draft,
    send_to_review,
    start_draft,
)
from shuzheng.support.workflow.operations.publishing import (
    publish_flow,
    put_version,
    take_back,
    use_check,
    withdraw_flow,
)
from shuzheng.support.workflow.operations.reviewing import publish_draft, send_back

__all__ = [
    "draft_new_flow",
    "drop_draft",
    "publish_draft",
    "publish_flow",
    "put_version",
    "save_draft",
    "send_back",
    "send_to_review",
    "start_draft",
    "take_back",
    "use_check",
    "withdraw_flow",
]
