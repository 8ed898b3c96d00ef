"""Runs the DMN conformance kit's cases, read where they lie; nothing of them is kept here."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from lxml import etree

from shuzheng.support.decisions.rules import DecisionRefusal, Model, parser, read_model
from shuzheng.support.decisions.rules.comparison import equal
from shuzheng.support.decisions.rules.temporal_text import (
    parse_date,
    parse_date_time,
    parse_duration,
    parse_time,
)

CHECKOUT = Path(__file__).resolve().parents[3]
SHARED = Path(os.environ.get("SHUZHENG_SHARED", CHECKOUT.parent / "shared"))
KIT = SHARED / "data" / "dmn-tck"
MOMENT = datetime(2026, 11, 22, 10, 30, tzinfo=UTC)
XSI = "{http://www.w3.org/2001/XMLSchema-instance}"
PARSERS = {
    "decimal": Decimal,
    "double": Decimal,
    "integer": Decimal,
    "string": str,
    "boolean": lambda text: text.strip() in {"true", "1"},
    "date": parse_date,
    "time": parse_time,
    "dateTime": parse_date_time,
    "duration": parse_duration,
}


@dataclass(frozen=True)
class Outcome:
    """One result of the kit, as expected and as found."""

    folder: str
    case: str
    node: str
    expected: Any
    found: Any
    passed: bool
    remark: str = ""


def run_level(level: int) -> list[Outcome]:
    """Run every case of a compliance level."""
    folders = sorted((KIT / f"compliance-level-{level}").iterdir())
    return [outcome for folder in folders for outcome in run_folder(folder)]


def forget_models() -> None:
    """Let every model and expression be read anew, so that a run can be timed."""
    load.cache_clear()
    parser._parse.cache_clear()


def run_folder(folder: Path) -> Iterator[Outcome]:
    for tests in sorted(folder.glob("*-test-*.xml")):
        root = etree.parse(str(tests)).getroot()
        name = root.findtext("{*}modelName", "").strip()
        yield from run_file(folder, load(folder / name), root)


@cache
def load(path: Path) -> Model:
    """Read a model with the models beside it that it imports."""
    xml = path.read_bytes()
    root = etree.fromstring(xml)
    beside = {
        etree.parse(str(each)).getroot().get("namespace"): each
        for each in path.parent.glob("*.dmn")
        if each != path
    }
    wanted = [each.get("namespace") for each in root.findall("{*}import")]
    imports = {each: load(beside[each]) for each in wanted if each in beside}
    return read_model(xml, imports=imports, lenient=True)


def run_file(folder: Path, model: Model, root: Any) -> Iterator[Outcome]:
    for case in root.findall("{*}testCase"):
        inputs = {each.get("name"): value_of(each) for each in case.findall("{*}inputNode")}
        for node in case.findall("{*}resultNode"):
            yield run_node(folder, model, case, node, inputs)


def run_node(folder: Path, model: Model, case: Any, node: Any, inputs: dict) -> Outcome:
    service = case.get("invocableName") if case.get("type") in {"decisionService", "bkm"} else None
    name = service or " ".join(node.get("name").split())
    expected_node = node.find("{*}expected")
    expected = None if expected_node is None else value_of(expected_node)
    remark = ""
    try:
        result = model.decide(name, inputs, at=MOMENT)
        found, remark = result.value, "; ".join(str(note) for note in result.notes)
        if service and isinstance(found, dict) and node.get("name") in found:
            found = found[node.get("name")]
    except DecisionRefusal as error:
        found, remark = None, str(error)
        if node.get("errorResult") != "true":
            found = error
    passed = same(expected, found)
    return Outcome(folder.name, case.get("id", "?"), name, expected, found, passed, remark)


def same(expected: Any, found: Any) -> bool:
    """Compare as the kit's runners do: numbers to eight places, the rest exactly."""
    if isinstance(expected, Decimal) and isinstance(found, Decimal):
        return abs(expected - found) <= Decimal("0.00000001") * max(Decimal(1), abs(expected))
    if isinstance(expected, list) and isinstance(found, list):
        return len(expected) == len(found) and all(map(same, expected, found))
    if isinstance(expected, dict) and isinstance(found, dict):
        return expected.keys() == found.keys() and all(
            same(expected[k], found[k]) for k in expected
        )
    if expected is None or found is None:
        return expected is found
    return equal(expected, found) is True


def value_of(node: Any) -> Any:
    """Read a value of the kit."""
    plural = node.find("{*}list")
    if plural is not None:
        if plural.get(f"{XSI}nil") == "true":
            return None
        return [value_of(item) for item in plural.findall("{*}item")]
    components = node.findall("{*}component")
    if components:
        if len(components) == 1 and components[0].get(f"{XSI}nil") == "true":
            return None
        return {each.get("name"): value_of(each) for each in components}
    value = node.find("{*}value")
    if value is None or value.get(f"{XSI}nil") == "true":
        return None
    kind = value.get(f"{XSI}type", "xsd:string").partition(":")[2]
    return PARSERS[kind](value.text or "")
