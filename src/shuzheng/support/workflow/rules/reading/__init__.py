"""Reading a drawing: XML in, a compiled flow or its problems out."""

from shuzheng.support.workflow.rules.reading.reader import check_flow, read_flow

__all__ = ["check_flow", "read_flow"]
