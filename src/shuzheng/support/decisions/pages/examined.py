"""What was found of a changed model, in words: faults, examples, changes."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext

from shuzheng.infrastructure.web.operations import say, say_sentence
from shuzheng.support.decisions.pages.drawing import draw_changes, labels_for, say_finding
from shuzheng.support.decisions.pages.drawing import say as say_value
from shuzheng.support.decisions.queries import Version
from shuzheng.support.decisions.rules import (
    Case,
    CaseOutcome,
    DecisionRefusal,
    Examination,
    Finding,
    ModelInvalid,
    from_python,
    to_json,
)
from shuzheng.support.decisions.rules.faults.cases import OTHER_VALUE


def draw_examination(found: Examination, version: Version) -> dict[str, Any]:
    """Return what was found of a changed model, for ``decisions/examined.html``."""
    labels = labels_for(version)
    said = [(each.severity, _say(each, version.decision, labels)) for each in found.findings]
    tried = zip(found.cases, found.outcomes, strict=False)
    return {
        "is_examined": True,
        "is_sound": found.is_sound,
        "refusal": say(_named(found.refusal, labels)) if found.refusal else "",
        "case_fault": say(found.case_refusal) if found.case_refusal else "",
        "errors": [text for severity, text in said if severity == "error"],
        "warnings": [text for severity, text in said if severity != "error"],
        "outcomes": [(one.passed, one.name, _why(case, one, version)) for case, one in tried],
        "passed": sum(each.passed for each in found.outcomes),
        "changes": draw_changes(found.changes, labels),
    }


def _named(refusal: DecisionRefusal, labels: Mapping[str, str]) -> DecisionRefusal:
    """Return a refusal that calls an element what people call it."""
    if not isinstance(refusal, ModelInvalid):
        return refusal
    name = refusal.facts["element"]
    return ModelInvalid(
        element=labels.get(str(name), name), problem=refusal.facts["problem"], field=refusal.field
    )


def _say(finding: Finding, decision: str, labels: Mapping[str, str]) -> str:
    """Write a finding; of a table beside the main one, say which."""
    if finding.table == decision:
        return say_finding(finding)
    title = labels.get(finding.table, finding.table)
    return gettext("“%(table)s”：%(found)s") % {"table": title, "found": say_finding(finding)}


def _why(case: Case, outcome: CaseOutcome, version: Version) -> str:
    """Say why an example fails, values by what people call them; nothing if it passes."""
    if outcome.why is None:
        return ""
    if outcome.result is None or outcome.why.code != OTHER_VALUE.code:
        return say_sentence(outcome.why)
    values = {"expected": case.expect, "found": outcome.result.value}
    labels, words, answers = labels_for(version), version.words, version.decision
    facts = {
        name: say_value(to_json(from_python(each)), labels, words, answers)
        for name, each in values.items()
    }
    return say_sentence(replace(outcome.why, facts=facts))
