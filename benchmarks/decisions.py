"""Decisions a second on one core, beside pySFeel and SpiffWorkflow in the same run.

    uv run --isolated --with pysfeel==1.4.2,pytz,SpiffWorkflow==3.2.0 python benchmarks/decisions.py

The table grades premises by area and risk; every rule is one stretch of areas and one risk, so a
table of n rules has n/4 bounds. pySFeel has no tables: it is given the same cells as S-FEEL texts,
tried in order until one fits. SpiffWorkflow reads the same table with its intervals written in
Python. Those not installed are left out with a word.
"""

import importlib.util
import itertools
import random
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from shuzheng.support.decisions.rules import read_model

RISKS = ("low", "middle", "high", "severe")
SECONDS = 3.0
MODEL = "https://www.omg.org/spec/DMN/20191111/MODEL/"


def cells(size: int) -> list[tuple[str, str, str]]:
    """Return the rules: an interval of areas, a risk, and the grade they lead to."""
    stretches = range(0, size // len(RISKS) * 10, 10)
    pairs = itertools.product(stretches, RISKS)
    return [(f"[{low}..{low + 10})", f'"{risk}"', f'"{risk}-{low}"') for low, risk in pairs]


def model(rules: list[tuple[str, str, str]]) -> bytes:
    """Write the table as DMN."""
    rows = "".join(
        f'<rule id="r{number}"><inputEntry id="a{number}"><text>{escape(area)}</text></inputEntry>'
        f'<inputEntry id="b{number}"><text>{escape(risk)}</text></inputEntry>'
        f'<outputEntry id="c{number}"><text>{escape(grade)}</text></outputEntry></rule>'
        for number, (area, risk, grade) in enumerate(rules)
    )
    return (
        f'<definitions xmlns="{MODEL}" id="d" name="d" namespace="urn:bench">'
        '<inputData id="i1" name="area"><variable name="area" typeRef="number"/></inputData>'
        '<inputData id="i2" name="risk"><variable name="risk" typeRef="string"/></inputData>'
        '<decision id="grade" name="grade"><variable name="grade" typeRef="string"/>'
        '<informationRequirement id="n1"><requiredInput href="#i1"/></informationRequirement>'
        '<informationRequirement id="n2"><requiredInput href="#i2"/></informationRequirement>'
        '<decisionTable id="t" hitPolicy="UNIQUE">'
        '<input id="x1" label="area"><inputExpression id="e1" typeRef="number">'
        "<text>area</text></inputExpression></input>"
        '<input id="x2" label="risk"><inputExpression id="e2" typeRef="string">'
        "<text>risk</text></inputExpression></input>"
        f'<output id="o" label="grade" name="grade" typeRef="string"/>{rows}'
        "</decisionTable></decision></definitions>"
    ).encode()


def questions(size: int) -> list[dict[str, Any]]:
    """Return a fixed row of inputs, spread over the whole table."""
    chance = random.Random(7)
    top = size // len(RISKS) * 10
    return [{"area": chance.randrange(top), "risk": chance.choice(RISKS)} for _ in range(2_000)]


def expected(question: dict[str, Any]) -> str:
    """Say what the table must answer."""
    return f"{question['risk']}-{question['area'] // 10 * 10}"


def rate(
    decide: Callable[[dict[str, Any]], str],
    asked: list[dict[str, Any]],
    *,
    seconds: float = SECONDS,
) -> float:
    """Ask until that much processor time is used; every answer is checked."""
    started = time.process_time()
    for count, question in enumerate(itertools.cycle(asked), 1):
        assert decide(question) == expected(question)
        if time.process_time() - started > seconds:
            return count / (time.process_time() - started)
    raise AssertionError


def shuzheng(rules: list[tuple[str, str, str]]) -> Callable[[dict[str, Any]], str]:
    """Ask the house's own engine."""
    ready = read_model(model(rules))
    return lambda question: str(ready.decide("grade", question).value)


def pysfeel(rules: list[tuple[str, str, str]]) -> Callable[[dict[str, Any]], str]:
    """Ask pySFeel cell by cell."""
    from pySFeel import SFeelParser

    parser = SFeelParser()

    def decide(question: dict[str, Any]) -> str:
        for area, risk, grade in rules:
            fits = parser.sFeelParse(f"{question['area']} in {area}")[1]
            if fits and parser.sFeelParse(f'"{question["risk"]}" = {risk}')[1]:
                return str(parser.sFeelParse(grade)[1])
        return ""

    return decide


def spiff(rules: list[tuple[str, str, str]]) -> Callable[[dict[str, Any]], str]:
    """Ask SpiffWorkflow's DMN engine; it reads no open intervals, so they are Python there."""
    from SpiffWorkflow.dmn.engine.DMNEngine import DMNEngine
    from SpiffWorkflow.dmn.parser.BpmnDmnParser import BpmnDmnParser

    text = model([(python_interval(area), risk, grade) for area, risk, grade in rules])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "grade.dmn"
        path.write_bytes(text)
        parser = BpmnDmnParser()
        parser.add_dmn_file(str(path))
        dmn = parser.dmn_parsers["grade"]
        dmn.parse()
    engine = DMNEngine(dmn.decision.decisionTables[0])
    return lambda question: str(engine.result(_Task(question))["grade"])


class _Task:
    """What SpiffWorkflow's engine wants to know of a task."""

    def __init__(self, data: dict[str, Any]) -> None:
        from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine

        script_engine = PythonScriptEngine()
        self.data = dict(data)
        self.task_spec = self
        self.workflow = self
        self.script_engine = script_engine


def python_interval(area: str) -> str:
    """Write ``[0..10)`` as Spiff's Python: ``? >= 0 and ? < 10``."""
    low, high = area.strip("[)").split("..")
    return f"? >= {low} and ? < {high}"


ENGINES = {"shuzheng": shuzheng, "pySFeel": pysfeel, "SpiffWorkflow": spiff}
"""What makes a deciding function of a table's rules, by the name of the package."""


def main() -> None:
    """Measure all engines on tables of 20 and of 1,000 rules."""
    for size in (20, 1000):
        rules, asked = cells(size), questions(size)
        for name, make in ENGINES.items():
            if name != "shuzheng" and importlib.util.find_spec(name) is None:
                print(f"{size:>5} rules  {name:<14} not installed")
                continue
            print(f"{size:>5} rules  {name:<14} {rate(make(rules), asked):>10,.0f} decisions/s")
    started = time.process_time()
    read_model(model(cells(1000)))
    print(f" 1000 rules  read and compiled in {time.process_time() - started:.2f} s")


if __name__ == "__main__":
    main()
