"""Nothing in the tree knows the machine it was written on."""

import re
import subprocess
from pathlib import Path

from tests.architecture.tree import CHECKOUT

FOREIGN = re.compile(r"(?<![\w.])/(?:work|root|home/\w+|Users/\w+|mnt/\w+)/[\w.]")
SKIPPED = (".lock", ".png", ".pdf", ".jpg", "package-lock.json")


def foreign_paths(text: str) -> list[str]:
    """Return the places of some machine that a text names."""
    return [found.group() for found in FOREIGN.finditer(text)]


def tracked() -> list[Path]:
    """Return every file that is kept in the repository."""
    answer = subprocess.run(
        ["git", "ls-files", "-z"],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return [CHECKOUT / name for name in answer.stdout.split("\0") if name]


def test_no_file_names_a_place_of_some_machine():
    found = [
        f"{path.relative_to(CHECKOUT)}: {place}"
        for path in tracked()
        if path.is_file() and not path.name.endswith(SKIPPED)
        for place in foreign_paths(path.read_text(errors="ignore"))
    ]
    assert found == []


def test_a_place_of_some_machine_is_noticed():
    assert foreign_paths("see /" + "root/notes.txt and https://example.org/work/a") == [
        "/" + "root/n"
    ]
