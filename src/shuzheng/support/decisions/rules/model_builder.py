"""From records to a compiled model: names in scope, types, imports, no circles."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import singledispatchmethod
from typing import Any

from shuzheng.support.decisions.rules.boxes import compile_box, type_named, typed
from shuzheng.support.decisions.rules.compiling import Setting
from shuzheng.support.decisions.rules.definitions import (
    Decision,
    DecisionService,
    Definitions,
    Element,
    InputData,
    ItemDefinition,
    KnowledgeModel,
    TableBox,
)
from shuzheng.support.decisions.rules.errors import DecisionRefusal, ModelHostile, ModelInvalid
from shuzheng.support.decisions.rules.faults import feel
from shuzheng.support.decisions.rules.faults import model as faults
from shuzheng.support.decisions.rules.functions import bind, bring, user_function
from shuzheng.support.decisions.rules.item_types import types_of
from shuzheng.support.decisions.rules.limits import DEFAULT_LIMITS, Limits
from shuzheng.support.decisions.rules.model import Model, ModelProblem, Part, Run
from shuzheng.support.decisions.rules.names import composed
from shuzheng.support.decisions.rules.reader import read_definitions
from shuzheng.support.decisions.rules.scope import Compute, Scope
from shuzheng.support.decisions.rules.tables import Table, compile_table
from shuzheng.support.decisions.rules.types import ANY, Type, coerce
from shuzheng.support.decisions.rules.values import Function, kind_of


def read_model(
    xml: bytes,
    *,
    imports: Mapping[str, Model] | None = None,
    limits: Limits = DEFAULT_LIMITS,
    lenient: bool = False,
) -> Model:
    """Read and compile a DMN text.

    Args:
        xml: the text.
        imports: models by namespace that the text may import.
        limits: bounds on the text and on every evaluation.
        lenient: keep what cannot be compiled as null and list it in `problems`.

    Raises:
        ModelHostile: the bytes cannot be read safely.
        ModelInvalid: the model is not sound; says which element, and why.
    """
    try:
        builder = _Builder(read_definitions(xml, limits), dict(imports or {}), limits)
        model = builder.build()
    except RecursionError as error:
        raise ModelHostile(problem=faults.ENTANGLED()) from error
    if model.problems and not lenient:
        first = model.problems[0]
        raise ModelInvalid(element=first.element, problem=first.sentence)
    return model


@dataclass(slots=True)
class _Builder:
    """Compiles one model."""

    definitions: Definitions
    available: dict[str, Model]
    limits: Limits
    parts: dict[str, Part] = field(default_factory=dict)
    types: dict[str, Type] = field(default_factory=dict)
    tables: dict[str, Table] = field(default_factory=dict)
    problems: list[ModelProblem] = field(default_factory=list)
    open: list[str] = field(default_factory=list)
    elements: dict[str, Element] = field(default_factory=dict)
    component_names: frozenset[str] = frozenset()

    def build(self) -> Model:
        self.elements = {element.id: element for element in self.definitions.elements}
        self.types = types_of(self.definitions.items, self._imported_types())
        self.component_names = composed(_component_names(self.definitions.items))
        for element in self.definitions.elements:
            self.part(element.id)
        return Model(
            definitions=self.definitions,
            parts={
                each.element.name: each for key, each in self.parts.items() if key in self.elements
            },
            by_id={key: each for key, each in self.parts.items() if key in self.elements},
            types=self.types,
            tables=self.tables,
            limits=self.limits,
            problems=tuple(self.problems),
        )

    def _imports(self) -> dict[str, Model]:
        return {
            each.namespace: self.available[each.namespace]
            for each in self.definitions.imports
            if each.namespace in self.available
        }

    def _imported_types(self) -> dict[str, Type]:
        found: dict[str, Type] = {}
        for each in self.definitions.imports:
            model = self.available.get(each.namespace)
            if model is None:
                raise ModelInvalid(
                    element=each.name, problem=faults.NO_MODEL(namespace=each.namespace)
                )
            prefix = f"{each.name}." if each.name else ""
            found |= {f"{prefix}{name}": type_ for name, type_ in model.types.items()}
        return found

    def part(self, reference: str) -> Part:
        """Return the compiled element of an id, compiling it first where needed."""
        if reference in self.parts:
            return self.parts[reference]
        namespace, _, key = reference.rpartition("#")
        if namespace and namespace != self.definitions.namespace:
            self.parts[reference] = self._imported(namespace, key)
            return self.parts[reference]
        if key not in self.elements:
            raise ModelInvalid(
                element=self.open[-1] if self.open else key, problem=faults.NO_REQUIREMENT(name=key)
            )
        return self._compiled(key)

    def _imported(self, namespace: str, key: str) -> Part:
        model = self._imports().get(namespace)
        if model is None or key not in model.by_id:
            raise ModelInvalid(
                element=key, problem=faults.NOT_IMPORTED(namespace=namespace, name=key)
            )
        return model.by_id[key]

    def _compiled(self, key: str) -> Part:
        if key in self.parts:
            return self.parts[key]
        if key in self.open:
            names = " → ".join(self.elements[each].name for each in self.open)
            raise ModelInvalid(element=self.elements[key].name, problem=faults.CIRCLE(names=names))
        self.open.append(key)
        try:
            self.parts[key] = self.compile_element(self.elements[key])
        finally:
            self.open.pop()
        return self.parts[key]

    @singledispatchmethod
    def compile_element(self, element: Element) -> Part:
        raise TypeError(type(element).__name__)

    @compile_element.register
    def _(self, element: InputData) -> Part:
        expected = self._declared(element.type_ref, element)

        def value(run: Run) -> Any:
            given = run.inputs.get(element.name)
            coerced = coerce(given, expected)
            if not coerced.fits:
                run.outer.null(
                    feel.INPUT_OTHER_TYPE(
                        name=element.name, expected=str(expected), found=kind_of(given)
                    )
                )
            return coerced.value

        return Part(element, expected, value)

    @compile_element.register
    def _(self, element: Decision) -> Part:
        required = self._required(element.requires)
        setting = self._setting(required)
        expected = self._declared(element.type_ref, element)
        compute = self._body(element, setting)
        if compute is not None:
            compute = typed(compute, expected, element.name)

        def value(run: Run) -> Any:
            if element.name in run.inputs:
                return coerce(run.inputs[element.name], expected).value
            scope = run.outer.inner(_values(required, run))
            return None if compute is None else compute(scope)

        return Part(element, expected, value)

    @compile_element.register
    def _(self, element: KnowledgeModel) -> Part:
        required = self._required(element.requires)
        function, expected = element.function, self._declared(element.type_ref, element)
        if function is None:
            return Part(element, expected, lambda _run: None)
        setting = self._setting(required, *(each.name for each in function.parameters))
        names = tuple(each.name for each in function.parameters)
        types = tuple(type_named(each.type_ref, setting) for each in function.parameters)
        body = self._body(element, setting)
        result = expected if expected.kind != "function" else (expected.result or ANY)

        def value(run: Run) -> Any:
            home = run.outer.inner(_values(required, run))
            return body and user_function(element.name, names, types, body, home, result)

        return Part(element, expected, value)

    @compile_element.register
    def _(self, element: DecisionService) -> Part:
        outputs = tuple(self.part(each) for each in element.outputs)
        given = tuple(self.part(each) for each in (*element.input_data, *element.input_decisions))
        names = tuple(each.element.name for each in given)
        types = tuple(each.type for each in given)
        expected = self._declared(element.type_ref, element)
        result = expected if expected.kind != "function" else (expected.result or ANY)

        def call(scope: Scope, values: tuple[Any, ...], named: Mapping[str, Any] | None) -> Any:
            inner = Run(
                Scope(scope_root(scope).values, None, scope.budget),
                bind(names, types, values, named),
            )
            found = {each.element.name: inner.value_of(each) for each in outputs}
            return bring(next(iter(found.values())) if len(found) == 1 else found, result)

        function = Function(
            element.name, names, call, Type("function", parameters=types, result=result)
        )
        return Part(element, expected, lambda _run: function)

    def _declared(self, reference: str, element: Element) -> Type:
        found = type_named(reference, Setting(types=self.types))
        if found is ANY and reference not in {"", "Any"}:
            self.problems.append(ModelProblem(element.name, faults.NO_TYPE(name=reference)))
        return found

    def _required(self, references: tuple[str, ...]) -> tuple[tuple[str, str, Part], ...]:
        """Return the required parts, each with the name of the import it comes through."""
        return tuple((self._through(each), each, self.part(each)) for each in references)

    def _through(self, reference: str) -> str:
        namespace = reference.rpartition("#")[0]
        names = [each.name for each in self.definitions.imports if each.namespace == namespace]
        return names[0] if names else ""

    def _setting(self, required: tuple[tuple[str, str, Part], ...], *names: str) -> Setting:
        known = {part.element.name for _, _, part in required} | set(names)
        known |= {each.name for each in self.definitions.imports if each.name}
        imported = frozenset[str]().union(
            *(
                composed(_component_names(each.definitions.items))
                for each in self._imports().values()
            )
        )
        return Setting(composed(known) | self.component_names | imported, self.types, self.limits)

    def _body(self, element: Decision | KnowledgeModel, setting: Setting) -> Compute | None:
        """Compile what an element consists of; what cannot be compiled is remembered."""
        box = (
            element.function.body
            if isinstance(element, KnowledgeModel) and element.function
            else (element.expression if isinstance(element, Decision) else None)
        )
        if box is None:
            return None
        try:
            if isinstance(box, TableBox):
                self.tables[element.name] = compile_table(element.name, box, setting)
                return self.tables[element.name].decide
            return compile_box(box, setting, element.name)
        except DecisionRefusal as error:
            problem = error.sentence()
            self.problems.append(ModelProblem(element.name, problem))
            return lambda scope: scope.null(faults.BROKEN(problem=problem))


def scope_root(scope: Scope) -> Scope:
    """Return the outermost scope."""
    while scope.parent is not None:
        scope = scope.parent
    return scope


def _values(required: tuple[tuple[str, str, Part], ...], run: Run) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for through, _, part in required:
        holder = values.setdefault(through, {}) if through else values
        holder[part.element.name] = run.value_of(part)
    return values


def _component_names(items: tuple[ItemDefinition, ...]) -> set[str]:
    names: set[str] = set()
    for item in items:
        names |= {component.name for component in item.components}
        names |= _component_names(item.components)
    return names
