"""The independent BPMN suite, where the folder of real data is beside the checkout."""

from collections.abc import Callable

import pytest

from tests.support.decisions.figures import BPMN_FIGURE
from tests.support.workflow.bpmn_report import (
    execution_scores,
    invalid_score,
    reason,
    report,
    section,
)
from tests.support.workflow.bpmn_suite import MISSING, SUITE

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SUITE.exists(), reason=MISSING),
]


def test_at_least_85_percent_of_the_execution_cases_pass_and_the_rest_has_a_reason(
    record_property: Callable[[str, object], None],
) -> None:
    scores = execution_scores().values()
    passed, total = sum(one.passed for one in scores), sum(one.total for one in scores)
    record_property(BPMN_FIGURE, f"execution {passed} of {total} ({passed / total:.1%})")
    assert passed / total >= 0.85
    assert all(reason(name) for one in scores for name in one.failed)


def test_at_least_90_percent_of_the_rule_breaking_models_are_refused(
    record_property: Callable[[str, object], None],
) -> None:
    score = invalid_score()
    record_property(
        BPMN_FIGURE,
        f"rule-breaking models refused {score.passed} of {score.total} ({score.rate:.1f}%)",
    )
    assert score.rate >= 90
    assert all(reason(name) for name in score.failed)


def test_the_printed_figures_are_those_of_this_run() -> None:
    assert section() == report()
