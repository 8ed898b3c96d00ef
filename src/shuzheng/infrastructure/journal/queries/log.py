"""The sealed log in its plain files: where it is, its checkpoints, what they say."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from shuzheng.infrastructure.journal.rules import LogFolderUnknown
from shuzheng.infrastructure.journal.rules.notes import (
    Checkpoint,
    NoteError,
    VerifierKey,
    read_checkpoint,
    read_verifier_key,
    split_note,
    verifier_key,
)
from shuzheng.infrastructure.journal.rules.tiles import FileReader
from shuzheng.infrastructure.journal.rules.verification import CHECKPOINT_PATH, KeptNote
from shuzheng.infrastructure.keys import operations as keys

DEFAULT_ORIGIN = "shuzheng.org/journal"
HISTORY_FOLDER = "checkpoints"
HISTORY_END = "---\n"
KEYS_PATH = "keys"
CHECKPOINT_KEY = "checkpoint"


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


def log_reader(folder: Path) -> FileReader:
    """Return a reader of the files of a log in a folder."""

    def read(path: str) -> bytes | None:
        try:
            return (folder / path).read_bytes()
        except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
            return None

    return read


def read_head(folder: Path) -> tuple[Checkpoint, str] | None:
    """Return the log's checkpoint and its signed note, or None before the first seal.

    Raises:
        NoteError: the file holds no checkpoint. Signatures are not checked here.
    """
    path = folder / CHECKPOINT_PATH
    if not path.exists():
        return None
    note = path.read_text(encoding="utf-8")
    return read_checkpoint(split_note(note)[0]), note


def list_kept_notes(folder: Path) -> Iterator[KeptNote]:
    """Give the log's own earlier checkpoints, oldest first."""
    for path in sorted((folder / HISTORY_FOLDER).glob("*.txt")):
        notes = path.read_text(encoding="utf-8").split(f"\n{HISTORY_END}")
        for place, note in enumerate(notes[:-1]):
            yield KeptNote(f"{HISTORY_FOLDER}/{path.name}[{place}]", f"{note}\n")


def list_verifier_keys() -> tuple[VerifierKey, ...]:
    """Return the public sides of the keys that checkpoints were signed with, newest first."""
    name = get_log_place().origin
    return tuple(verifier_key(name, key) for key in keys.list_signing_keys(CHECKPOINT_KEY))


def list_published_keys(folder: Path) -> tuple[VerifierKey, ...]:
    """Return the public keys that lie beside the log: handy, but no proof against its keeper."""
    path = folder / KEYS_PATH
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    published = []
    for line in lines:
        with suppress(NoteError):
            published.append(read_verifier_key(line))
    return tuple(published)
