"""What a check has to say of a table."""

from dataclasses import dataclass, field
from typing import Any, Literal

from shuzheng.policy.refusals import Sentence


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is or may be wrong with a table.

    Attributes:
        code: stable, such as ``table-overlap``.
        severity: an ``error`` must not be published, a ``warning`` should be looked at.
        table: name of the decision or knowledge model.
        rules: numbers of the rules concerned, from 1.
        column: label of the column concerned, if it is one.
        template: a Chinese sentence that names the cells, with the facts in braces; it is
            translated where it is shown, as refusals are.
        facts: what belongs in the braces.
        example: inputs that show it, by column; a column that is not named may be anything.
    """

    code: str
    severity: Literal["error", "warning"]
    table: str
    rules: tuple[int, ...]
    column: str
    template: str
    facts: dict[str, Any] = field(default_factory=dict)
    example: dict[str, Any] = field(default_factory=dict)

    @property
    def sentence(self) -> Sentence:
        """What is found, in no language yet."""
        return Sentence(self.code, self.template, self.facts)

    @property
    def message(self) -> str:
        """The sentence in Chinese, with its facts."""
        return str(self.sentence)
