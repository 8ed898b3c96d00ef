"""The English texts: collected from the sources, kept, and compiled when missing."""

from contextlib import chdir
from pathlib import Path

import polib
from django.core.management import call_command
from django.core.management.commands import makemessages


class Collect(makemessages.Command):
    """Django's collector; it also reads declared sentences, and never guesses a translation."""

    xgettext_options = [
        *makemessages.Command.xgettext_options,
        "--keyword=declare_permission:2",
        "--keyword=declare_entry_kind:2",
    ]
    msgmerge_options = [*makemessages.Command.msgmerge_options, "--no-fuzzy-matching"]


def collect_texts(folder: Path) -> None:
    """Bring the English catalogue below the folder up to date; needs GNU gettext."""
    with chdir(folder):
        call_command(
            Collect(),
            locale=["en"],
            ignore_patterns=["node_modules", "built"],
            no_wrap=True,
            no_location=True,
            no_obsolete=True,
            verbosity=0,
        )


def compile_texts(folder: Path) -> None:
    """Compile each catalogue below the folder that is newer than what was compiled from it."""
    for catalogue in folder.rglob("LC_MESSAGES/*.po"):
        compiled = catalogue.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < catalogue.stat().st_mtime:
            fresh = catalogue.with_suffix(".new")
            polib.pofile(str(catalogue)).save_as_mofile(str(fresh))
            fresh.replace(compiled)
