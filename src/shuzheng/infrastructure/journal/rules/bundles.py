"""A case's entries with what proves them: readable, and checked without the log or a database."""

import base64
import binascii
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from shuzheng.infrastructure.journal.rules.commitment import Opening, leaf, opens
from shuzheng.infrastructure.journal.rules.entries import Entry
from shuzheng.infrastructure.journal.rules.merkle import leaf_hash, root_from_proof
from shuzheng.infrastructure.journal.rules.notes import (
    Checkpoint,
    NoteError,
    VerifierKey,
    open_note,
    read_checkpoint,
)
from shuzheng.infrastructure.journal.rules.verification import Finding, Verification

BUNDLE_FORMAT = "shuzheng-journal-proof/1"


@dataclass(frozen=True, slots=True)
class ProvedEntry:
    """A sealed entry, what opens its commitment, and its way up to the root."""

    entry: Entry
    opening: Opening
    commitment: bytes
    proof: tuple[bytes, ...]


def entry_to_json(entry: Entry) -> dict[str, Any]:
    """Return an entry as plain JSON."""
    values = {name: getattr(entry, name) for name in Entry.__slots__}
    return values | {"id": str(entry.id), "at": entry.at.isoformat()}


def entry_from_json(values: Mapping[str, Any]) -> Entry:
    """Return the entry that `entry_to_json` wrote.

    Raises:
        ValueError, TypeError: it is of another form.
    """
    return Entry(
        **{
            **values,
            "id": UUID(values["id"]),
            "at": datetime.fromisoformat(values["at"]),
        }
    )


def write_bundle(*, case: str, note: str, proved: Sequence[ProvedEntry]) -> dict[str, Any]:
    """Return the bundle as JSON: the signed checkpoint and each entry with its proof."""
    return {
        "format": BUNDLE_FORMAT,
        "case": case,
        "checkpoint": note,
        "entries": [_proved_to_json(each) for each in proved],
    }


def verify_bundle(
    bundle: Mapping[str, Any],
    *,
    keys: Sequence[VerifierKey],
    olders: Sequence[Checkpoint] = (),
) -> Verification:
    """Check that each entry of a bundle is what was sealed, under a checkpoint by a known key.

    With older checkpoints, the bundle's must be of the same log and not shorter; that the log
    between them was not rewritten is seen from its folder alone.
    """
    try:
        head = read_checkpoint(open_note(str(bundle.get("checkpoint", "")), keys=keys))
    except NoteError as fault:
        return Verification(0, 0, (Finding("checkpoint", str(fault)),))
    findings = [
        Finding("checkpoint", f"与先前的检查点(第 {older.size} 条)矛盾")
        for older in olders
        if _contradicts(older, head)
    ]
    entries = bundle.get("entries")
    for place, row in enumerate(entries if isinstance(entries, list) else ()):
        what = _fault_of(row, case=str(bundle.get("case")), head=head)
        if what:
            findings.append(Finding(f"entries[{place}]", what))
    return Verification(head.size, len(olders), tuple(findings))


def _contradicts(older: Checkpoint, head: Checkpoint) -> bool:
    if older.origin != head.origin or older.size > head.size:
        return True
    return older.size == head.size and older.root != head.root


def _fault_of(row: Any, *, case: str, head: Checkpoint) -> str:
    try:
        proved = _proved_from_json(row)
    except (KeyError, TypeError, ValueError, AttributeError):
        return "格式有误"
    number = proved.entry.number or 0
    if proved.entry.case != case:
        return f"第 {number} 条不属于办件 {case}"
    if not opens(proved.entry, proved.opening, commitment=proved.commitment):
        return f"第 {number} 条的内容与封存时的承诺不符"
    sealed = leaf_hash(leaf(number=number, commitment=proved.commitment))
    root = root_from_proof(leaf=sealed, index=number - 1, size=head.size, proof=proved.proof)
    return "" if root == head.root else f"第 {number} 条不在检查点所封存的日志中"


def _proved_to_json(proved: ProvedEntry) -> dict[str, Any]:
    return {
        "entry": entry_to_json(proved.entry),
        "blind": proved.opening.blind.hex(),
        "salt": proved.opening.salt.hex(),
        "private": proved.opening.private.hex(),
        "commitment": proved.commitment.hex(),
        "proof": [base64.b64encode(each).decode() for each in proved.proof],
    }


def _proved_from_json(row: Mapping[str, Any]) -> ProvedEntry:
    opening = Opening(*(bytes.fromhex(row[name]) for name in ("blind", "salt", "private")))
    try:
        proof = tuple(base64.b64decode(each, validate=True) for each in row["proof"])
    except binascii.Error as fault:
        raise ValueError("proof") from fault
    return ProvedEntry(
        entry_from_json(row["entry"]), opening, bytes.fromhex(row["commitment"]), proof
    )
