"""How much a model may ask for, so that no rule can stop the city."""

from dataclasses import dataclass, field
from typing import Any

from shuzheng.policy.refusals import Sentence, gettext_noop
from shuzheng.support.decisions.rules.errors import EvaluationTooLong
from shuzheng.support.decisions.rules.notes import Note
from shuzheng.support.decisions.rules.temporal import DateTime

LENGTH = gettext_noop("长度")
NESTING = gettext_noop("嵌套层数")
STEPS = gettext_noop("步数")
CALLS = gettext_noop("调用层数")
TEXT_LENGTH = gettext_noop("文本长度")
LIST_LENGTH = gettext_noop("列表长度")
PATTERN_SECONDS = gettext_noop("正则匹配秒数")


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on texts and evaluations; steps stand for time, for the engine has no clock.

    Attributes:
        expression_length: characters of one FEEL text.
        expression_depth: nesting of one FEEL text.
        model_bytes: size of one DMN text.
        cases_length: characters of one text of examples.
        cases_depth: nesting of one text of examples.
        cases_steps: of all examples of a decision together.
        model_depth: nesting of its elements.
        model_texts: cells and expressions in it.
        steps: calls, iterations, comparisons of one evaluation; a million take about two seconds.
        call_depth: nesting of function calls and required decisions.
        list_length: items of one list.
        string_length: characters of one string.
        pattern_seconds: time one regular expression may take.
        notes: remarks kept of one evaluation.
    """

    expression_length: int = 20_000
    expression_depth: int = 120
    model_bytes: int = 5_000_000
    cases_length: int = 100_000
    cases_depth: int = 40
    cases_steps: int = 500_000
    model_depth: int = 100
    model_texts: int = 10_000
    steps: int = 1_000_000
    call_depth: int = 60
    list_length: int = 200_000
    string_length: int = 1_000_000
    pattern_seconds: float = 0.2
    notes: int = 20


DEFAULT_LIMITS = Limits()


@dataclass(slots=True)
class Budget:
    """What one evaluation has left, what it remarked on, and the moment it takes for now."""

    limits: Limits = DEFAULT_LIMITS
    steps: int = DEFAULT_LIMITS.steps
    depth: int = 0
    notes: list[Note] = field(default_factory=list)
    moment: DateTime | None = None
    matched: list[Any] = field(default_factory=list)

    def spend(self, steps: int = 1) -> None:
        """Take steps from the budget.

        Raises:
            EvaluationTooLong: none are left.
        """
        self.steps -= steps
        if self.steps < 0:
            raise EvaluationTooLong(measure=STEPS, limit=self.limits.steps)

    def enter(self) -> None:
        """Go one call deeper.

        Raises:
            EvaluationTooLong: the calls are nested too deep.
        """
        self.steps -= 1
        self.depth += 1
        if self.depth > self.limits.call_depth:
            raise EvaluationTooLong(measure=CALLS, limit=self.limits.call_depth)

    def leave(self) -> None:
        """Come back from a call."""
        self.depth -= 1

    def check_size(self, value: list[object] | str) -> None:
        """Refuse a list or string that has grown too long.

        Raises:
            EvaluationTooLong: it has.
        """
        if isinstance(value, str):
            if len(value) > self.limits.string_length:
                raise EvaluationTooLong(measure=TEXT_LENGTH, limit=self.limits.string_length)
        elif len(value) > self.limits.list_length:
            raise EvaluationTooLong(measure=LIST_LENGTH, limit=self.limits.list_length)

    def note(self, sentence: Sentence, where: str = "") -> None:
        """Remember why a value became null, and in which function or element."""
        if len(self.notes) < self.limits.notes:
            self.notes.append(Note(sentence, where))
