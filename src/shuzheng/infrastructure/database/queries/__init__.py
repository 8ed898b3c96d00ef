"""What stands on this machine, and reads whose statement is made once."""

from shuzheng.infrastructure.database.queries.prepared import Among, Parameter, Prepared
from shuzheng.infrastructure.database.queries.programs import (
    cluster_major,
    get_programs,
    is_running,
    list_programs,
)

__all__ = [
    "Among",
    "Parameter",
    "Prepared",
    "cluster_major",
    "get_programs",
    "is_running",
    "list_programs",
]
