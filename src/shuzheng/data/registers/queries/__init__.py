"""What may be known of the registers without reading personal data."""

from shuzheng.data.registers.queries.definitions import (
    get_field,
    get_register,
    list_registers,
    lookup_index,
    reference_of,
)
from shuzheng.data.registers.queries.disputes import (
    DataAccess,
    DifferenceRow,
    ObjectionRow,
    Readings,
    group_readings,
    list_data_access,
    list_differences,
    list_differences_of_case,
    list_objections,
)
from shuzheng.data.registers.queries.records import (
    count_records,
    find_reference,
    get_open_record,
    has_record,
    list_current,
    list_held,
    list_linked,
    list_open_records,
    search_records,
)

__all__ = [
    "DataAccess",
    "DifferenceRow",
    "ObjectionRow",
    "Readings",
    "count_records",
    "find_reference",
    "get_field",
    "get_open_record",
    "get_register",
    "group_readings",
    "has_record",
    "list_current",
    "list_data_access",
    "list_differences",
    "list_differences_of_case",
    "list_held",
    "list_linked",
    "list_objections",
    "list_open_records",
    "list_registers",
    "lookup_index",
    "reference_of",
    "search_records",
]
