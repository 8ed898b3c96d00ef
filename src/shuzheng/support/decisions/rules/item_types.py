"""Item definitions to types; one may name another, but not in a circle."""

from collections.abc import Callable, Mapping
from typing import Any

from shuzheng.support.decisions.rules.builtins import BUILT_INS
from shuzheng.support.decisions.rules.compiling import Setting, compile_unary
from shuzheng.support.decisions.rules.definitions import ItemDefinition
from shuzheng.support.decisions.rules.errors import ModelInvalid
from shuzheng.support.decisions.rules.faults import model
from shuzheng.support.decisions.rules.limits import Budget
from shuzheng.support.decisions.rules.parser import parse_unary_tests
from shuzheng.support.decisions.rules.scope import Scope
from shuzheng.support.decisions.rules.types import ANY, Type, simple_type


def types_of(items: tuple[ItemDefinition, ...], imported: Mapping[str, Type]) -> dict[str, Type]:
    """Return the type of every item definition by name.

    Raises:
        ModelInvalid: definitions name each other in a circle, or name a type that is not there.
    """
    return _Resolver({item.name: item for item in items}, dict(imported)).all()


class _Resolver:
    """Resolves definitions in the order they need each other."""

    def __init__(self, items: dict[str, ItemDefinition], known: dict[str, Type]) -> None:
        self.items = items
        self.known = known
        self.open: list[str] = []

    def all(self) -> dict[str, Type]:
        for name in self.items:
            self.reference(name)
        return self.known

    def reference(self, name: str) -> Type:
        if not name:
            return ANY
        if name in self.known:
            return self.known[name]
        if name not in self.items:
            found = simple_type(name)
            if found is None:
                raise ModelInvalid(
                    element=self.open[-1] if self.open else name, problem=model.NO_TYPE(name=name)
                )
            return found
        if name in self.open:
            raise ModelInvalid(element=name, problem=model.TYPE_CIRCLE(names=" → ".join(self.open)))
        self.open.append(name)
        self.known[name] = self.build(self.items[name])
        self.open.pop()
        return self.known[name]

    def build(self, item: ItemDefinition) -> Type:
        base = self._base(item)
        allowed = _allowed(item.allowed) if item.allowed else None
        if item.is_collection:
            return Type(
                "list", base, name=item.name, allowed=_each(allowed), allowed_text=item.allowed
            )
        return Type(
            base.kind,
            base.element,
            base.entries,
            base.parameters,
            base.result,
            item.name,
            _both(base.allowed, allowed),
            item.allowed or base.allowed_text,
        )

    def _base(self, item: ItemDefinition) -> Type:
        if item.parameters is not None:
            parameters = tuple(self.reference(each.type_ref) for each in item.parameters)
            return Type("function", parameters=parameters, result=self.reference(item.result_ref))
        if item.components:
            entries = tuple((each.name, self.build(each)) for each in item.components)
            return Type("context", entries=entries)
        return self.reference(item.type_ref)


def _allowed(text: str) -> Callable[[Any], bool]:
    """Compile the allowed values of a definition."""
    tests = compile_unary(parse_unary_tests(text), Setting())
    outer = Scope(BUILT_INS, None, Budget())
    return lambda value: tests(Scope({"?": value}, outer, Budget()))


def _each(allowed: Callable[[Any], bool] | None) -> Callable[[Any], bool] | None:
    return allowed and (lambda value: all(map(allowed, value)))


def _both(
    one: Callable[[Any], bool] | None, other: Callable[[Any], bool] | None
) -> Callable[[Any], bool] | None:
    if one is None or other is None:
        return one or other
    return lambda value: one(value) and other(value)
