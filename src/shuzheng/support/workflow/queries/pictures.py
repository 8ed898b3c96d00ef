"""Drawings to look at: with coordinates, which those written by hand do not have."""

from functools import lru_cache

from shuzheng.support.workflow.queries.drafts import get_draft
from shuzheng.support.workflow.queries.versions import get_drawing
from shuzheng.support.workflow.rules.layout import lay_out

KEPT_AT_ONCE = 64


@lru_cache(maxsize=KEPT_AT_ONCE)
def get_picture(version_id: int) -> bytes:
    """Return the drawing of a version with coordinates; a version never changes.

    Raises:
        FlowNotFound: there is no such version.
    """
    return lay_out(get_drawing(version_id))


def get_draft_picture(draft: int) -> bytes:
    """Return the drawing of a draft with coordinates, sound or not.

    Raises:
        DraftUnknown: there is no such draft.
        FlowInvalid: it is no BPMN.
    """
    return lay_out(get_draft(draft).xml)
