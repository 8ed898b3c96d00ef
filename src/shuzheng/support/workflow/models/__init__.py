"""The tables of flows: what was published, and what is being drawn."""

from shuzheng.support.workflow.models.drafts import DraftState, FlowDraft
from shuzheng.support.workflow.models.versions import FlowVersion

__all__ = ["DraftState", "FlowDraft", "FlowVersion"]
