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
from dataclasses import dataclass, field
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from shuzheng.policy.refusals import gettext_noop
from shuzheng.support.decisions.rules.comparison import equal
from shuzheng.support.decisions.rules.errors import DecisionRefusal
from shuzheng.support.decisions.rules.json_values import to_json
from shuzheng.support.decisions.rules.model import Model, Result
from shuzheng.support.decisions.rules.values import from_python


class Case(BaseModel):
    """One example."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    given: dict[str, Any]
    expect: Any = None
    rules: tuple[int, ...] | None = None


OTHER_VALUE = gettext_noop("应得 {expected}，实得 {found}")
OTHER_RULES = gettext_noop("应由第 {expected} 条规则决定，实为第 {found} 条")
_CASES = TypeAdapter(tuple[Case, ...])


@dataclass(frozen=True, slots=True)
class CaseOutcome:
    """How an example came out.

    Attributes:
        template: why it is not as expected, a Chinese sentence with the facts in braces; empty
            if it is.
    """

    name: str
    template: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    result: Result | None = None

    @property
    def message(self) -> str:
        """The sentence in Chinese, with its facts; empty if it came out as expected."""
        return self.template.format_map(self.facts)

    @property
    def passed(self) -> bool:
        """It came out as expected."""
        return not self.template


def read_cases(text: bytes | str) -> tuple[Case, ...]:
    """Return the examples of a file.

    Raises:
        ValueError: it is not YAML, or not a list of examples; the message says what.
    """
    try:
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text)):
            raise ValueError("用例中不能使用 YAML 别名（*）")
        return _CASES.validate_python(yaml.safe_load(text) or [])
    except yaml.YAMLError as error:
        raise ValueError(f"不是合格的 YAML:{error}") from error
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise ValueError(f"{where}:{first['msg']}") from error


def write_cases(cases: tuple[Case, ...]) -> str:
    """Return examples as the text that `read_cases` reads."""
    rows = [
        {**each.model_dump(), "rules": None if each.rules is None else list(each.rules)}
        for each in cases
    ]
    return yaml.safe_dump(rows, allow_unicode=True, sort_keys=False) if rows else ""


def run_cases(model: Model, decision: str, cases: tuple[Case, ...]) -> Iterator[CaseOutcome]:
    """Yield how every example comes out."""
    for case in cases:
        try:
            result = model.decide(decision, case.given)
        except DecisionRefusal as error:
            yield CaseOutcome(case.name, error.template, error.facts)
        else:
            yield _compare(case, result)


def _compare(case: Case, result: Result) -> CaseOutcome:
    if not _agrees(from_python(case.expect), result.value):
        facts = {"expected": _shown(case.expect), "found": _shown(result.value)}
        return CaseOutcome(case.name, OTHER_VALUE, facts, result)
    numbers = tuple(rule.number for rule in result.matched)
    if case.rules is not None and case.rules != numbers:
        facts = {"expected": _listed(case.rules), "found": _listed(numbers)}
        return CaseOutcome(case.name, OTHER_RULES, facts, result)
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
