"""A DMN model as written: frozen records, before anything is compiled (DMN 1.5, clauses 6-10)."""

from dataclasses import dataclass, field
from typing import Literal as OneOf

HitPolicy = OneOf["UNIQUE", "FIRST", "PRIORITY", "ANY", "COLLECT", "RULE ORDER", "OUTPUT ORDER"]
Aggregation = OneOf["", "SUM", "COUNT", "MIN", "MAX"]


@dataclass(frozen=True, slots=True)
class Box:
    """An expression element; ``type_ref`` is empty if nothing is declared."""

    id: str
    type_ref: str


@dataclass(frozen=True, slots=True)
class LiteralBox(Box):
    text: str


@dataclass(frozen=True, slots=True)
class ContextEntry:
    """An entry of a boxed context; the one without a name is its result."""

    name: str
    type_ref: str
    value: Box


@dataclass(frozen=True, slots=True)
class ContextBox(Box):
    entries: tuple[ContextEntry, ...]


@dataclass(frozen=True, slots=True)
class ListBox(Box):
    items: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class RelationBox(Box):
    columns: tuple[str, ...]
    rows: tuple[tuple[Box, ...], ...]


@dataclass(frozen=True, slots=True)
class Parameter:
    """A formal parameter."""

    name: str
    type_ref: str


@dataclass(frozen=True, slots=True)
class FunctionBox(Box):
    parameters: tuple[Parameter, ...]
    body: Box | None
    kind: str


@dataclass(frozen=True, slots=True)
class InvocationBox(Box):
    called: Box
    bindings: tuple[tuple[str, Box], ...]


@dataclass(frozen=True, slots=True)
class ConditionalBox(Box):
    condition: Box
    then: Box
    otherwise: Box


@dataclass(frozen=True, slots=True)
class LoopBox(Box):
    """``for``, ``some`` or ``every``."""

    kind: str
    variable: str
    source: Box
    body: Box


@dataclass(frozen=True, slots=True)
class FilterBox(Box):
    source: Box
    match: Box


@dataclass(frozen=True, slots=True)
class TableInput:
    """A column of conditions."""

    label: str
    expression: str
    type_ref: str
    allowed: str


@dataclass(frozen=True, slots=True)
class TableOutput:
    """A column of conclusions; ``allowed`` is also the order of priority."""

    name: str
    label: str
    type_ref: str
    allowed: str
    default: str


@dataclass(frozen=True, slots=True)
class TableRule:
    """A row: cells as written, and the texts beside them by column name."""

    id: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    annotations: dict[str, str]


@dataclass(frozen=True, slots=True)
class TableBox(Box):
    """A decision table; ``notes`` are the names of its annotation columns."""

    hit_policy: HitPolicy
    aggregation: Aggregation
    inputs: tuple[TableInput, ...]
    outputs: tuple[TableOutput, ...]
    rules: tuple[TableRule, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ItemDefinition:
    """A type of the model's own."""

    name: str
    type_ref: str
    is_collection: bool
    allowed: str
    components: tuple["ItemDefinition", ...] = ()
    parameters: tuple[Parameter, ...] | None = None
    result_ref: str = ""


@dataclass(frozen=True, slots=True)
class Element:
    """Something in the requirements graph; ``requires`` are ids, with a namespace if imported.

    Attributes:
        label: what people call it, if the model says.
        authority: ids of the knowledge sources, and of what else, it draws its authority from.
    """

    id: str
    name: str
    type_ref: str
    label: str = field(default="", kw_only=True)
    authority: tuple[str, ...] = field(default=(), kw_only=True)


@dataclass(frozen=True, slots=True)
class InputData(Element):
    pass


@dataclass(frozen=True, slots=True)
class Decision(Element):
    requires: tuple[str, ...]
    expression: Box | None
    question: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class KnowledgeModel(Element):
    requires: tuple[str, ...]
    function: FunctionBox | None


@dataclass(frozen=True, slots=True)
class DecisionService(Element):
    outputs: tuple[str, ...]
    input_decisions: tuple[str, ...]
    input_data: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KnowledgeSource:
    """Where knowledge comes from, such as a law; it decides nothing."""

    id: str
    name: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Import:
    """Another model, known here by a name."""

    name: str
    namespace: str


@dataclass(frozen=True, slots=True)
class Definitions:
    """A whole model."""

    name: str
    namespace: str
    elements: tuple[Element, ...]
    items: tuple[ItemDefinition, ...]
    imports: tuple[Import, ...] = field(default=())
    sources: tuple[KnowledgeSource, ...] = field(default=())
