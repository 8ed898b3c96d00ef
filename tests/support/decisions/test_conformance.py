"""The DMN conformance kit, level 2 and 3, read where it lies."""

import time

import pytest

from tests.support.decisions.conformance_kit import KIT, run_level
from tests.support.decisions.dmn_report import REASONS, report, written

MISSING = f"没有 {KIT}，跳过一致性测试；请设置 SHUZHENG_SHARED。"
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not KIT.is_dir(), reason=MISSING),
]


def say(capsys, level, outcomes, seconds):
    passed = sum(outcome.passed for outcome in outcomes)
    share = 100 * passed / len(outcomes)
    with capsys.disabled():
        line = f"DMN TCK {level} 级：{passed}/{len(outcomes)}（{share:.2f} %），{seconds:.1f} 秒"
        print(f"\n{line}")  # noqa: T201


def test_level_2_of_the_kit_comes_out_in_full(capsys):
    started = time.perf_counter()
    outcomes = run_level(2)
    say(capsys, 2, outcomes, time.perf_counter() - started)
    assert [outcome for outcome in outcomes if not outcome.passed] == []
    assert len(outcomes) == 126


def test_level_3_of_the_kit_comes_out_but_for_what_is_documented(capsys):
    started = time.perf_counter()
    outcomes = run_level(3)
    seconds = time.perf_counter() - started
    say(capsys, 3, outcomes, seconds)
    failed = {(outcome.folder, outcome.case) for outcome in outcomes if not outcome.passed}
    assert failed == set(REASONS)
    assert len(outcomes) == 2967
    assert seconds < 20


def test_the_document_says_what_a_run_shows():
    assert written() == report()
