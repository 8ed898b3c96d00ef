"""Decisions a second on one core, measured shortly beside others in the same run, and said."""

import importlib.util

import pytest
from benchmarks.decisions import ENGINES, cells, questions, rate

from tests.support.decisions.figures import SPEED_FIGURE

SECONDS = 0.4
GOALS = {20: 20_000, 1_000: 5_000}
ABSENT = "未安装，见 benchmarks/README.md"


@pytest.mark.parametrize("size", GOALS)
def test_a_table_decides_as_fast_as_asked_and_faster_than_others(size, record_property):
    rules, asked = cells(size), questions(size)
    found = {
        name: rate(make(rules), asked, seconds=SECONDS)
        for name, make in ENGINES.items()
        if name == "shuzheng" or importlib.util.find_spec(name)
    }
    said = [f"{name} {f'{found[name]:,.0f}' if name in found else ABSENT}" for name in ENGINES]
    record_property(SPEED_FIGURE, f"{size:,} 条规则：{'，'.join(said)}")
    assert found["shuzheng"] > GOALS[size]
    assert found["shuzheng"] == max(found.values())
