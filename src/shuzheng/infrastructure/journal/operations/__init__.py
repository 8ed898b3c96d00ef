"""The journal's writers: append, number, deliver, seal, maintain."""

from pathlib import Path

from shuzheng.infrastructure.journal.operations.append import NewEntry, append, append_all
from shuzheng.infrastructure.journal.operations.copying import copy_log
from shuzheng.infrastructure.journal.operations.deliver import deliver
from shuzheng.infrastructure.journal.operations.drain import run_pending, seal_pending
from shuzheng.infrastructure.journal.operations.maintain import (
    erase_entry,
    export_case,
    prove_case,
    retry_delivery,
    rotate_key,
    skip_delivery,
)
from shuzheng.infrastructure.journal.operations.seal import seal
from shuzheng.infrastructure.journal.operations.sequence import sequence
from shuzheng.infrastructure.journal.queries.log import DEFAULT_ORIGIN, LogPlace, place_log

__all__ = [
    "NewEntry",
    "append",
    "append_all",
    "copy_log",
    "deliver",
    "erase_entry",
    "export_case",
    "prove_case",
    "retry_delivery",
    "rotate_key",
    "run_pending",
    "seal",
    "seal_pending",
    "sequence",
    "skip_delivery",
    "use_folder",
]


def use_folder(folder: Path, *, origin: str = DEFAULT_ORIGIN) -> None:
    """Say where the sealed log is kept (``<data>/log``) and under which name it signs.

    Args:
        folder: made at first use.
        origin: the log's name for ever, by C2SP a URL without its scheme.
    """
    place_log(LogPlace(folder, origin))
