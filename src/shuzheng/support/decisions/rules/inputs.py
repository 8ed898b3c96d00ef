"""What a decision must be given before it may be taken for somebody."""

from collections.abc import Collection, Mapping
from typing import Any

from shuzheng.support.decisions.rules.errors import (
    InputMissing,
    InputOfWrongType,
    NoRuleMatches,
    RulesConflict,
)
from shuzheng.support.decisions.rules.json_values import from_json, to_json
from shuzheng.support.decisions.rules.model import Model, Result
from shuzheng.support.decisions.rules.types import ANY, coerce
from shuzheng.support.decisions.rules.values import from_python, kind_of

_CANNOT_BE_EMPTY = frozenset({"UNIQUE", "ANY", "PRIORITY", "FIRST"})


def select_inputs(
    model: Model, decision: str, given: Mapping[str, Any], *, optional: Collection[str] = ()
) -> dict[str, Any]:
    """Return the inputs the decision rests on, and nothing else that the caller happens to have.

    They are brought to what a record holds of them and read again, so that deciding by the record
    is deciding as it was.

    Raises:
        InputMissing: one is absent and not optional; an optional one is null.
        InputOfWrongType: one does not fit its declared type.
    """
    fields = model.inputs_of(decision)
    if not fields:
        return {name: from_json(to_json(from_python(given[name])), ANY) for name in given}
    return {field.name: _checked(field, decision, given, optional) for field in fields}


def _checked(field: Any, decision: str, given: Mapping[str, Any], optional: Collection[str]) -> Any:
    if field.name not in given and field.name not in optional:
        raise InputMissing(decision=decision, name=field.name, field=field.name)
    feel = from_json(to_json(from_python(given.get(field.name))), field.type)
    if not coerce(feel, field.type).fits:
        expected = field.type.allowed_text or str(field.type)
        raise InputOfWrongType(
            decision=decision,
            name=field.name,
            expected=expected,
            found=kind_of(feel),
            field=field.name,
        )
    return feel


def require_outcome(model: Model, decision: str, result: Result) -> None:
    """Let a result pass, or refuse where the table has a gap or contradicts itself.

    Raises:
        NoRuleMatches: no rule of the decision's table fits, and its policy needs one.
        RulesConflict: rules fit that may not fit together.
    """
    table = model.table_of(decision)
    codes = {note.code for note in result.notes}
    if result.value is not None or table is None:
        return
    if "dmn-conflict" in codes:
        numbers = [str(rule.number) for rule in result.matched if rule.table == decision]
        raise RulesConflict(decision=decision, numbers="、".join(numbers))
    if "dmn-no-rule" in codes and table.hit_policy in _CANNOT_BE_EMPTY:
        raise NoRuleMatches(decision=decision)
