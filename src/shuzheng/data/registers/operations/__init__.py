"""The registers' only writers, and the one door to personal data."""

from shuzheng.data.registers.operations.disputes import (
    answer_objection,
    decide_difference,
    raise_objection,
    read_difference,
    report_difference,
)
from shuzheng.data.registers.operations.reading import read_linked, read_record
from shuzheng.data.registers.operations.recording import Row, end_values, record_values

__all__ = [
    "Row",
    "answer_objection",
    "decide_difference",
    "end_values",
    "raise_objection",
    "read_difference",
    "read_linked",
    "read_record",
    "record_values",
    "report_difference",
]
