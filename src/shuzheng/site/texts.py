"""The English texts: catalogues are kept; what is compiled from them is made when missing."""

from pathlib import Path

import polib


def compile_texts(folder: Path) -> None:
    """Compile each catalogue below the folder that is newer than what was compiled from it."""
    for catalogue in folder.rglob("LC_MESSAGES/*.po"):
        compiled = catalogue.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < catalogue.stat().st_mtime:
            fresh = catalogue.with_suffix(".new")
            polib.pofile(str(catalogue)).save_as_mofile(str(fresh))
            fresh.replace(compiled)
