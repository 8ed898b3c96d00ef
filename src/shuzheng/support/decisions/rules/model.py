"""A model ready to decide: its graph, compiled once, walked anew for every decision."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from shuzheng.policy.refusals import Sentence
from shuzheng.support.decisions.rules.definitions import (
    Decision,
    DecisionService,
    Definitions,
    Element,
    InputData,
    KnowledgeModel,
    TableBox,
)
from shuzheng.support.decisions.rules.errors import DecisionUnknown
from shuzheng.support.decisions.rules.expression import guarded, outer_scope
from shuzheng.support.decisions.rules.functions import call_value
from shuzheng.support.decisions.rules.limits import Limits
from shuzheng.support.decisions.rules.notes import Note
from shuzheng.support.decisions.rules.scope import Scope
from shuzheng.support.decisions.rules.tables import MatchedRule, Table
from shuzheng.support.decisions.rules.types import Type
from shuzheng.support.decisions.rules.values import from_python


@dataclass(frozen=True, slots=True)
class ModelProblem:
    """Something in a model that cannot be compiled."""

    element: str
    sentence: Sentence

    @property
    def code(self) -> str:
        """The code of what is wrong."""
        return self.sentence.code


@dataclass(frozen=True, slots=True)
class InputField:
    """What a decision needs to be given."""

    name: str
    type: Type


@dataclass(frozen=True, slots=True)
class Result:
    """What a model decided.

    Attributes:
        value: a FEEL value (None, bool, Decimal, str, list, dict, or a temporal one).
        matched: the rules that decided, in the order they were asked.
        notes: remarks on what became null, and why.
    """

    value: Any
    matched: tuple[MatchedRule, ...]
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A compiled element: how its value is found, given the run it belongs to."""

    element: Element
    type: Type
    value: Callable[["Run"], Any]


@dataclass(slots=True)
class Run:
    """One evaluation: inputs by name and by element, and what is known so far."""

    outer: Scope
    inputs: Mapping[str, Any]
    known: dict[int, Any] = field(default_factory=dict)

    def value_of(self, part: Part) -> Any:
        """Return a part's value, computing it once."""
        key = id(part)
        if key not in self.known:
            self.outer.budget.enter()
            self.known[key] = part.value(self)
            self.outer.budget.leave()
        return self.known[key]


@dataclass(frozen=True, slots=True)
class Model:
    """A compiled model; it may be kept and asked from many threads.

    Attributes:
        definitions: the model as written.
        parts: compiled elements by name.
        types: item definitions by name.
        tables: compiled tables by the name of their decision or knowledge model.
        problems: what could not be compiled (only if read leniently).
    """

    definitions: Definitions
    parts: dict[str, Part]
    by_id: dict[str, Part]
    types: dict[str, Type]
    tables: dict[str, Table]
    limits: Limits
    problems: tuple[ModelProblem, ...] = ()

    @property
    def decisions(self) -> tuple[str, ...]:
        """Names of the decisions, in the order of the text."""
        return tuple(each.name for each in self.definitions.elements if isinstance(each, Decision))

    def decide(self, name: str, inputs: Mapping[str, Any], *, at: datetime | None = None) -> Result:
        """Decide.

        Args:
            name: of a decision, a service, or a knowledge model (inputs are its parameters).
            inputs: values by name of the input data; Python's dates and numbers are understood.
                A value under the name of a decision stands for that decision; one that the model
                does not declare can be read anywhere in it.
            at: the moment that `now()` and `today()` stand for.

        Raises:
            DecisionUnknown: the model has nothing of that name.
            EvaluationTooLong: the limits were reached.
            InputNotUsable: an input has no counterpart in FEEL.
        """
        part = self.parts.get(name)
        if part is None or isinstance(part.element, InputData):
            raise DecisionUnknown(name=name)
        outer = outer_scope(self.limits, at)
        given = from_python(dict(inputs))
        undeclared = {key: each for key, each in given.items() if key not in self.parts}
        run = Run(outer.inner(undeclared) if undeclared else outer, given)
        value = guarded(lambda _scope: self._ask(part, run), outer)
        return Result(value, tuple(outer.budget.matched), tuple(outer.budget.notes))

    def _ask(self, part: Part, run: Run) -> Any:
        if not isinstance(part.element, DecisionService | KnowledgeModel):
            return run.value_of(part)
        function = run.value_of(part)
        if function is None:
            return None
        given = {parameter: run.inputs.get(parameter) for parameter in function.parameters}
        return call_value(part.element.name, function, run.outer, (), given)

    def inputs_of(self, name: str) -> tuple[InputField, ...]:
        """Return the input data a decision rests on, directly or through others, in order.

        Raises:
            DecisionUnknown: the model has no such decision.
        """
        if name not in self.parts:
            raise DecisionUnknown(name=name)
        found: dict[str, InputField] = {}
        self._collect_inputs(self.parts[name].element, found, set())
        return tuple(found.values())

    def _collect_inputs(
        self, element: Element, found: dict[str, InputField], seen: set[str]
    ) -> None:
        if element.id in seen:
            return
        seen.add(element.id)
        if isinstance(element, InputData):
            found[element.name] = InputField(element.name, self.by_id[element.id].type)
        references = getattr(element, "requires", ()) or (
            *getattr(element, "input_data", ()),
            *getattr(element, "input_decisions", ()),
        )
        for reference in references:
            if reference in self.by_id:
                self._collect_inputs(self.by_id[reference].element, found, seen)

    def table_of(self, name: str) -> TableBox | None:
        """Return the table a decision consists of, if it is one."""
        table = self.tables.get(name)
        return None if table is None else table.box
