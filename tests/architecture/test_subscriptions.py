"""Whoever waits for a kind of entry can be sure that somebody appends it."""

import ast
from collections.abc import Iterator
from pathlib import Path

import yaml
from django.conf import settings

from shuzheng.infrastructure.journal.rules.entries import (
    ANY_KIND,
    declared_entry_kinds,
    declared_subscriptions,
)
from tests.architecture.tree import Module, dotted, modules, sample

DECLARE = "declare_entry_kind"


def constants_of_kinds(all_modules: tuple[Module, ...]) -> dict[str, str]:
    """Return the constant that stands for each declared kind, by the kind's name."""
    found = {}
    for module in all_modules:
        for node in ast.walk(module.tree):
            if not isinstance(node, ast.Assign) or not isinstance(node.value, ast.Call):
                continue
            if dotted(node.value.func).endswith(DECLARE) and node.value.args:
                found[ast.literal_eval(node.value.args[0])] = dotted(node.targets[0])
    return found


def published(all_modules: tuple[Module, ...]) -> set[str]:
    """Return the kinds whose constant is used in an operation or a job: there it is appended."""
    used = {
        dotted(node).split(".")[-1]
        for module in all_modules
        if module.layer in {"operations", "jobs"}
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Name | ast.Attribute)
    }
    return {kind for kind, name in constants_of_kinds(all_modules).items() if name in used}


def test_every_subscription_has_a_publisher():
    ready = published(modules())
    waiting = {
        f"{subscription.name}: {kind}"
        for subscription in declared_subscriptions()
        for kind in subscription.kinds - {ANY_KIND}
        if kind not in ready
    }
    assert sorted(waiting) == []


def waited_for(matters: Path) -> Iterator[str]:
    """Yield the kinds of entries that open a case of a city's matters."""
    for path in sorted(matters.glob("*.yaml")):
        loaded = yaml.safe_load(path.read_text())
        for matter in loaded if isinstance(loaded, list) else [loaded]:
            yield from (opening["entry"] for opening in matter.get("opened_by", ()))


def test_every_entry_that_opens_a_case_has_a_publisher():
    ready = published(modules())
    cities = (settings.PROJECT_FOLDER / "cities").iterdir()
    kinds = {kind for city in cities for kind in waited_for(city / "matters")}
    assert "collection.batch_collected" in kinds
    assert sorted(kinds - ready) == []


def test_an_entry_that_a_city_waits_for_is_seen(tmp_path):
    (tmp_path / "a.yaml").write_text("key: a\nopened_by: [{entry: quality.fault_found}]")
    (tmp_path / "b.yaml").write_text("- {key: b}\n- {key: c, opened_by: [{entry: case.a}]}")
    assert list(waited_for(tmp_path)) == ["quality.fault_found", "case.a"]


def test_every_declared_kind_is_a_constant_that_is_used():
    declared = {kind.name for kind in declared_entry_kinds()}
    assert sorted(declared & set(constants_of_kinds(modules())) - published(modules())) == []


def test_a_kind_nobody_appends_is_noticed():
    rules = sample(
        "shuzheng.support.cases.rules",
        'A = declare_entry_kind("case.a", "甲")\nB = declare_entry_kind("case.b", "乙")',
    )
    operations = sample("shuzheng.support.cases.operations", "journal.append(kind=A)")
    assert published((rules, operations)) == {"case.a"}
