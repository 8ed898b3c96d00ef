"""The independent BPMN suite, where the folder of real data is beside the checkout."""

import pytest

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


def test_at_least_85_percent_of_the_execution_cases_pass_and_the_rest_has_a_reason() -> None:
    scores = execution_scores().values()
    assert sum(one.passed for one in scores) / sum(one.total for one in scores) >= 0.85
    assert all(reason(name) for one in scores for name in one.failed)


def test_at_least_90_percent_of_the_rule_breaking_models_are_refused() -> None:
    score = invalid_score()
    assert score.rate >= 90
    assert all(reason(name) for name in score.failed)


def test_the_printed_figures_are_those_of_this_run() -> None:
    assert section() == report()
