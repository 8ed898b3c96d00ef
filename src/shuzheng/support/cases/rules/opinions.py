"""Texts to begin an opinion or a ruling with: the city's content, with facts, edited before use."""

from collections.abc import Mapping
from string import Formatter
from typing import Literal

from pydantic import Field

from shuzheng.infrastructure.content.rules import ContentModel

FACTS = ("number", "matter", "department", "today", "due_on", "visited_on")
"""What a text may name in braces. Nobody's name: a decision says it whole, in its heading."""


class OpinionText(ContentModel):
    """A text for opinions or rulings of some departments and matters; empty means all.

    Attributes:
        work: the verb of the duty whose form offers it.
        outcome: what is chosen in the form with the text.
    """

    key: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    name: str = Field(min_length=1, max_length=40)
    work: Literal["review", "rule"]
    outcome: Literal["grant", "refuse"]
    departments: tuple[str, ...] = ()
    matters: tuple[str, ...] = ()
    text: str = Field(min_length=1, max_length=2000)

    def fits(self, *, work: str, department: str, matter: str) -> bool:
        """Say whether a form of that work, department and matter offers the text."""
        return (
            self.work == work
            and (not self.departments or department in self.departments)
            and (not self.matters or matter in self.matters)
        )

    def filled(self, facts: Mapping[str, str]) -> str:
        """Return the text with its facts; one that is not known stands as a gap to fill.

        >>> given = {"key": "a", "name": "甲", "work": "rule", "outcome": "grant"}
        >>> OpinionText(**given, text="{matter}：{today}").filled({"matter": "户外广告"})
        '户外广告：____'
        """
        known = {name: facts.get(name) or "____" for name in FACTS}
        return self.text.strip().format_map(known)


def unknown_facts(text: str) -> tuple[str, ...]:
    """Return what a text names in braces that there is not.

    Raises:
        ValueError: a brace stands alone.
    """
    names = (name for _, name, _, _ in Formatter().parse(text) if name is not None)
    return tuple(name for name in names if name not in FACTS)
