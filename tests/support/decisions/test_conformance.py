"""The DMN conformance kit, level 2 and 3, read where it lies."""

import time

import pytest

from tests.support.decisions.conformance_kit import KIT, forget_models, run_level
from tests.support.decisions.dmn_report import REASONS, report, written
from tests.support.decisions.figures import FIGURE

MISSING = f"没有 {KIT}，跳过一致性测试；请设置 SHUZHENG_SHARED。"
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not KIT.is_dir(), reason=MISSING),
]


def note(record_property, level, outcomes, *, seconds=None):
    """Leave the figure for the end of the run."""
    passed = sum(outcome.passed for outcome in outcomes)
    took = "" if seconds is None else f" in {seconds:.1f} s of processor time"
    record_property(FIGURE, f"level {level} {passed}/{len(outcomes)}{took}")


def test_level_2_of_the_kit_comes_out_in_full(record_property):
    outcomes = run_level(2)
    note(record_property, 2, outcomes)
    assert [outcome for outcome in outcomes if not outcome.passed] == []
    assert len(outcomes) == 126


def test_level_3_of_the_kit_comes_out_but_for_what_is_documented(record_property):
    forget_models()
    started = time.process_time()
    outcomes = run_level(3)
    seconds = time.process_time() - started
    note(record_property, 3, outcomes, seconds=seconds)
    failed = {(outcome.folder, outcome.case) for outcome in outcomes if not outcome.passed}
    assert failed == set(REASONS)
    assert len(outcomes) == 2967
    assert seconds < 20


def test_the_document_says_what_a_run_shows():
    assert written() == report()
