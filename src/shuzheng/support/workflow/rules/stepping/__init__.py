"""Stepping: from one state, one event and the variables to the next state and its effects."""

from shuzheng.support.workflow.rules.stepping.advance import Advance, advance, start
from shuzheng.support.workflow.rules.stepping.waiting import Wait, awaited, waits

__all__ = ["Advance", "Wait", "advance", "awaited", "start", "waits"]
