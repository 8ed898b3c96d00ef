"""What a backup is: its parts, its manifest, and the words when it cannot be made or used."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from shuzheng.policy.refusals import Conflict, Invalid, Refusal, gettext_noop

DATABASE_PART: Final = "database.dump"
FILES_PART: Final = "files.tar"
KEYS_PART: Final = "keys.tar"
MANIFEST: Final = "manifest.json"
FORMAT: Final = 1


class BackupRefusal(Refusal):
    """A backup that is not made, or not restored; nothing has been changed."""

    code = "backup"


class PlaceNotEmpty(BackupRefusal, Conflict):
    """Writing there would mix two states."""

    code = "place-not-empty"
    template = gettext_noop("{place} 不是空的。")
    remedy = gettext_noop("请换一个空的位置，原有内容未动。")


class BackupDamaged(BackupRefusal, Invalid):
    """A part is missing or is not what the manifest says."""

    code = "backup-damaged"
    template = gettext_noop("备份 {folder} 中的 {part} 缺失或与清单不符。")
    remedy = gettext_noop("请改用另一份备份，现有数据未动。")


class ProgramFailed(BackupRefusal, Conflict):
    """PostgreSQL's own program gave up; its last words are told."""

    code = "backup-program-failed"
    template = gettext_noop("{program} 未成功：{words}。")


@dataclass(frozen=True, slots=True)
class Part:
    """One file of a backup with its size in bytes and its SHA-256."""

    name: str
    size: int
    sha256: str


def part_of(file: Path) -> Part:
    """Measure a file."""
    with file.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return Part(file.name, file.stat().st_size, digest)


def manifest_text(parts: tuple[Part, ...], facts: Mapping[str, str]) -> str:
    """Write the manifest: what was backed up, when, and the hash of each part."""
    listed = {part.name: {"bytes": part.size, "sha256": part.sha256} for part in parts}
    content = {"format": FORMAT, **facts, "parts": listed}
    return json.dumps(content, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def damaged_parts(folder: Path) -> tuple[str, ...]:
    """Return the names of parts that are missing or not what the manifest says."""
    manifest = folder / MANIFEST
    if not manifest.exists():
        return (MANIFEST,)
    listed = json.loads(manifest.read_text())["parts"]
    return tuple(name for name, said in listed.items() if not _is_as_said(folder / name, said))


def _is_as_said(file: Path, said: Mapping[str, object]) -> bool:
    return file.exists() and part_of(file) == Part(
        file.name, int(str(said["bytes"])), str(said["sha256"])
    )
