"""What a version of a decision says when it is published."""

from dataclasses import dataclass, field

from shuzheng.support.decisions.rules.casefile import Case
from shuzheng.support.decisions.rules.labels import NO_WORDS, Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """All that the next version of a decision says.

    Attributes:
        department: code of the department that owns the decision, empty if none does.
        decision: its name in the model; empty for the one named like the key, or the only one.
        citations: references to the law it rests on, as printed.
        optional: names of inputs that may be absent.
        words: what people call the values, by input or conclusion.
        cases: examples that must come out before a next version is published.
    """

    key: str
    title: str
    department: str = ""
    xml: bytes
    decision: str = ""
    citations: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    words: Wording = field(default_factory=lambda: NO_WORDS)
    cases: tuple[Case, ...] = ()
