"""Stepping: from one state, one event and the variables to the next state and its effects."""

from shuzheng.support.workflow.rules.stepping.advance import Advance, advance, start

__all__ = ["Advance", "advance", "start"]
