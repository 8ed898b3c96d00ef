"""Remarks on an evaluation, kept with its run and said in any language later."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from shuzheng.policy.refusals import Sentence
from shuzheng.support.decisions.rules.faults import get_fault


@dataclass(frozen=True, slots=True)
class Note:
    """Why a value became null.

    Attributes:
        where: name of the function or element, empty for an expression.
    """

    sentence: Sentence
    where: str = ""

    @property
    def code(self) -> str:
        """The code of what is noted."""
        return self.sentence.code

    def __str__(self) -> str:
        return f"{self.where}：{self.sentence}" if self.where else str(self.sentence)


def note_to_json(note: Note) -> dict[str, Any]:
    """Return what is kept of a note: its code and facts, not its words."""
    return {**_to_json(note.sentence), "where": note.where}


def _to_json(sentence: Sentence) -> dict[str, Any]:
    facts = {name: _fact_to_json(fact) for name, fact in sentence.facts.items()}
    return {"code": sentence.code, "facts": facts}


def _fact_to_json(fact: object) -> object:
    if isinstance(fact, Sentence):
        return _to_json(fact)
    if isinstance(fact, list):
        return list(map(_fact_to_json, fact))
    return fact if isinstance(fact, str | int) else str(fact)


def note_from_json(value: Any) -> Note:
    """Return a kept note; of a kind of note that is no more, its code is said."""
    if isinstance(value, Mapping):
        return Note(_from_json(value), value.get("where", ""))
    return Note(Sentence("note", "{text}", {"text": value}))


def _from_json(value: Mapping[str, Any]) -> Sentence:
    fault = get_fault(value["code"])
    facts = {name: _fact_from_json(fact) for name, fact in value["facts"].items()}
    if fault is None:
        return Sentence(value["code"], "{code}", {"code": value["code"]})
    return fault(**facts)


def _fact_from_json(fact: Any) -> Any:
    return _from_json(fact) if isinstance(fact, Mapping) else fact
