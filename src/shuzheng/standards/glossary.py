"""The dictionary of the house: which English word stands for which Chinese one."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

GLOSSARY_FILE = Path(__file__).with_name("glossary.yaml")


@dataclass(frozen=True, slots=True)
class Term:
    """One word: what it means, where that is said, and which words not to use for it."""

    chinese: str
    identifier: str
    definition: str
    source: str
    avoid: tuple[str, ...] = ()


@cache
def glossary() -> tuple[Term, ...]:
    """Return all terms in the order of the file."""
    rows = yaml.safe_load(GLOSSARY_FILE.read_text(encoding="utf-8"))
    return tuple(Term(**{**row, "avoid": tuple(row["avoid"])}) for row in rows)


def words_to_avoid() -> dict[str, str]:
    """Return the forbidden words with the identifier to use instead."""
    return {word: term.identifier for term in glossary() for word in term.avoid}
