"""Verify a log or a bundle on disk: reads the files, leaves the judging to the journal's rules."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from shuzheng.infrastructure.journal import queries
from shuzheng.infrastructure.journal.rules.bundles import verify_bundle
from shuzheng.infrastructure.journal.rules.notes import (
    NoteError,
    VerifierKey,
    open_note,
    read_checkpoint,
    read_verifier_key,
)
from shuzheng.infrastructure.journal.rules.verification import (
    Finding,
    KeptNote,
    Verification,
    verify_log,
)


def read_keys(given: Sequence[str], *, beside: Path) -> tuple[VerifierKey, ...]:
    """Return the keys given as text or as files of them; none given: those beside the log.

    Raises:
        ClickException: a text is no verifier key, or there is no key at all.
    """
    try:
        keys = tuple(read_verifier_key(text) for each in given for text in _texts(each))
    except NoteError as fault:
        raise click.ClickException(str(fault)) from fault
    if not given:
        keys = queries.list_published_keys(beside) if beside.is_dir() else ()
    if not keys:
        raise click.ClickException("没有校验公钥：请用 --key 指定。")
    return keys


def verify(place: Path, *, keys: Sequence[VerifierKey], since: Sequence[Path]) -> Verification:
    """Check a log's folder or a bundle's file, and that older checkpoints still hold.

    Raises:
        ClickException: the file is no bundle, or an older checkpoint is not signed by the keys.
    """
    if place.is_dir():
        kept = [KeptNote(str(path), path.read_text(encoding="utf-8")) for path in since]
        kept += queries.list_kept_notes(place)
        return verify_log(queries.log_reader(place), keys=keys, kept=kept)
    try:
        bundle = json.loads(place.read_text(encoding="utf-8"))
        olders = [read_checkpoint(open_note(path.read_text(), keys=keys)) for path in since]
    except ValueError as fault:
        raise click.ClickException(f"{place}:{fault}") from fault
    return verify_bundle(bundle, keys=keys, olders=olders)


def compare_rows() -> Iterator[Finding]:
    """Give every entry of the database that is not what the configured log sealed."""
    from shuzheng.site.preparation import reachable_database

    with reachable_database():
        yield from queries.compare_rows()


def _texts(given: str) -> list[str]:
    path = Path(given)
    return path.read_text(encoding="utf-8").split() if path.is_file() else [given]
