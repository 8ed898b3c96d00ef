"""Coordinates for drawings that have none: what was written by hand can be looked at too."""

from shuzheng.support.workflow.rules.layout.writing import lay_out

__all__ = ["lay_out"]
