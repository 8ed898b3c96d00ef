"""`.cases.yaml`: examples of a decision that an official writes, and that must come out so.

Each case has a name, what is given, and what is expected; of an expected mapping only the named
entries are compared. `rules` may list the numbers of the rules that must have decided::

    - name: 住宅楼内不得开设
      given: {makes_fumes: true, building_use: 住宅}
      expect: {verdict: prohibited}
      rules: [2]
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from shuzheng.policy.refusals import Sentence
from shuzheng.support.decisions.rules.comparison import equal
from shuzheng.support.decisions.rules.errors import CasesInvalid, DecisionRefusal, InputNotUsable
from shuzheng.support.decisions.rules.faults import cases as faults
from shuzheng.support.decisions.rules.json_values import to_json
from shuzheng.support.decisions.rules.limits import DEFAULT_LIMITS, Limits
from shuzheng.support.decisions.rules.model import Model, Result
from shuzheng.support.decisions.rules.values import from_python


class Case(BaseModel):
    """One example."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    given: dict[str, Any]
    expect: Any = None
    rules: tuple[int, ...] | None = None


_CASES = TypeAdapter(tuple[Case, ...])
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The safe loader in C where there is one: several times as fast."""


@dataclass(frozen=True, slots=True)
class CaseOutcome:
    """How an example came out.

    Attributes:
        why: why it is not as expected, None if it is.
    """

    name: str
    why: Sentence | None = None
    result: Result | None = None

    @property
    def message(self) -> str:
        """Why it is not as expected, in Chinese; empty if it is."""
        return "" if self.why is None else str(self.why)

    @property
    def passed(self) -> bool:
        """It came out as expected."""
        return self.why is None


def read_cases(text: bytes | str, limits: Limits = DEFAULT_LIMITS) -> tuple[Case, ...]:
    """Return the examples of a file.

    Raises:
        CasesInvalid: it is too long, not YAML, or not a list of examples; says what and where.
    """
    if len(text) > limits.cases_length:
        raise CasesInvalid(problem=faults.TOO_LONG(limit=limits.cases_length))
    try:
        _require_plain(text, limits)
        found = _CASES.validate_python(yaml.load(text, Loader=_LOADER) or [])  # noqa: S506
    except yaml.YAMLError as error:
        raise CasesInvalid(problem=_yaml_fault(error)) from error
    except (RecursionError, ValueError, OverflowError) as error:
        raise CasesInvalid(problem=_value_fault(error)) from error
    _require_usable(found)
    return found


def _require_plain(text: bytes | str, limits: Limits) -> None:
    """Refuse aliases, which multiply what is written, and deep nesting, before either is built."""
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        if isinstance(event, yaml.AliasEvent):
            raise CasesInvalid(problem=faults.ALIAS())
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > limits.cases_depth:
            raise CasesInvalid(problem=faults.TOO_DEEP())


def _yaml_fault(error: yaml.YAMLError) -> Sentence:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or type(error).__name__
    return faults.NO_YAML(line=mark.line + 1 if mark else 1, problem=problem)


def _value_fault(error: Exception) -> Sentence:
    if not isinstance(error, ValidationError):
        return faults.TOO_DEEP() if isinstance(error, RecursionError) else faults.NO_LIST()
    first = error.errors(include_url=False)[0]
    case, *rest = first["loc"] or ("",)
    if not rest:
        return faults.NO_LIST()
    field = ".".join(map(str, rest))
    kinds = {"missing": faults.FIELD_MISSING, "extra_forbidden": faults.FIELD_UNKNOWN}
    return kinds.get(first["type"], faults.FIELD_WRONG)(case=int(case) + 1, field=field)


def _require_usable(cases: tuple[Case, ...]) -> None:
    """Refuse values that FEEL does not know, such as sets."""
    try:
        for case in cases:
            from_python([case.given, case.expect])
    except InputNotUsable as error:
        raise CasesInvalid(problem=faults.VALUE_UNUSABLE(**error.facts)) from error


def write_cases(cases: tuple[Case, ...]) -> str:
    """Return examples as the text that `read_cases` reads."""
    rows = [
        {**each.model_dump(), "rules": None if each.rules is None else list(each.rules)}
        for each in cases
    ]
    return yaml.safe_dump(rows, allow_unicode=True, sort_keys=False) if rows else ""


def run_cases(model: Model, decision: str, cases: tuple[Case, ...]) -> Iterator[CaseOutcome]:
    """Yield how every example comes out; all of them share one budget of steps."""
    steps = min(model.limits.steps, model.limits.cases_steps // max(len(cases), 1))
    hurried = replace(model, limits=replace(model.limits, steps=steps))
    for case in cases:
        try:
            result = hurried.decide(decision, case.given)
        except DecisionRefusal as error:
            yield CaseOutcome(case.name, error.sentence())
        else:
            yield _compare(case, result)


def _compare(case: Case, result: Result) -> CaseOutcome:
    if not _agrees(from_python(case.expect), result.value):
        why = faults.OTHER_VALUE(expected=_shown(case.expect), found=_shown(result.value))
        return CaseOutcome(case.name, why, result)
    numbers = tuple(rule.number for rule in result.matched)
    if case.rules is not None and case.rules != numbers:
        why = faults.OTHER_RULES(expected=_listed(case.rules), found=_listed(numbers))
        return CaseOutcome(case.name, why, result)
    return CaseOutcome(case.name, result=result)


def _shown(value: Any) -> str:
    found = to_json(from_python(value))
    return found if isinstance(found, str) else json.dumps(found, ensure_ascii=False)


def _listed(numbers: tuple[int, ...]) -> str:
    return "、".join(map(str, numbers)) or "—"


def _agrees(expected: Any, found: Any) -> bool:
    if isinstance(expected, Mapping) and isinstance(found, Mapping):
        return all(key in found and _agrees(expected[key], found[key]) for key in expected)
    if isinstance(expected, list) and isinstance(found, list):
        return len(expected) == len(found) and all(map(_agrees, expected, found))
    return equal(expected, found) is True
