"""Where the sealed log is."""

from dataclasses import dataclass
from pathlib import Path

from shuzheng.infrastructure.journal.rules import LogFolderUnknown

DEFAULT_ORIGIN = "shuzheng.org/journal"


@dataclass(frozen=True, slots=True)
class LogPlace:
    """The folder of the log's plain files and the name it signs with (C2SP: its origin)."""

    folder: Path
    origin: str


_place: dict[str, LogPlace] = {}


def place_log(place: LogPlace) -> None:
    """Remember where the log is; called by `operations.use_folder` alone."""
    _place["log"] = place


def get_log_place() -> LogPlace:
    """Return where the log is.

    Raises:
        LogFolderUnknown: nobody said.
    """
    if "log" not in _place:
        raise LogFolderUnknown
    return _place["log"]
