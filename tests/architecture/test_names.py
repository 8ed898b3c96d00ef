"""Identifiers are English words of the glossary; people read Chinese."""

import ast
import re
from collections.abc import Iterator

from django.apps import apps
from django.db import models

from shuzheng.standards.glossary import glossary
from tests.architecture.tree import Module, modules, sample

VAGUE = frozenset(
    {"utils", "util", "helpers", "helper", "manager", "base2", "data2", "misc", "common"}
)
TECHNICAL = frozenset({"infrastructure"})


def identifiers(module: Module) -> Iterator[str]:
    """Yield every name a module gives to something."""
    yield module.name.rpartition(".")[2]
    for node in ast.walk(module.tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef):
            yield node.name
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id


def words(name: str) -> list[str]:
    """Split a name into its words, in lower case."""
    return [
        word.lower() for word in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+|[^\x00-\x7f]+", name)
    ]


def strange(module: Module, avoided: frozenset[str]) -> list[str]:
    """Return the names that are not English, or words the glossary asks not to use."""
    return sorted(
        {
            f"{module.name}: {name}"
            for name in identifiers(module)
            if not name.isascii() or set(words(name)) & avoided
        }
    )


def avoided_words() -> frozenset[str]:
    """Return the pinyin that the glossary knows, and names that say nothing."""
    pinyin = {
        word for term in glossary() for word in term.avoid if word.isalpha() and len(word) > 6
    }
    english = {word for term in glossary() for part in [term.identifier] for word in words(part)}
    return frozenset(pinyin - english) | VAGUE


def is_known(model: str, known: frozenset[str]) -> bool:
    """Say whether a model's name is made with a term of the glossary."""
    name = "_".join(words(model))
    return any(f"_{term}_" in f"_{name}_" for term in known)


def test_identifiers_are_english_words():
    avoided = avoided_words()
    assert [each for module in modules() for each in strange(module, avoided)] == []


def test_models_are_named_by_the_glossary():
    known = frozenset(term.identifier.replace("-", "_") for term in glossary())
    named = [
        model
        for model in apps.get_models()
        if model.__module__.startswith("shuzheng.")
        and model.__module__.split(".")[1] not in TECHNICAL
    ]
    assert sorted(model.__name__ for model in named if not is_known(model.__name__, known)) == []


def test_people_read_chinese_names_of_models():
    ours = [model for model in apps.get_models() if model.__module__.startswith("shuzheng.")]
    assert [model.__name__ for model in ours if str(model._meta.verbose_name).isascii()] == []


def test_a_strange_name_is_noticed():
    module = sample("shuzheng.support.cases.rules", "def shouli_banjian(案号): helper = 1")
    assert strange(module, frozenset({"banjian", "helper"})) == [
        "shuzheng.support.cases.rules: helper",
        "shuzheng.support.cases.rules: shouli_banjian",
        "shuzheng.support.cases.rules: 案号",
    ]
    assert not is_known("Ticket", frozenset({"case"}))
    assert is_known("CaseTask", frozenset({"case"}))


def test_models_is_really_walked():
    assert any(issubclass(model, models.Model) for model in apps.get_models())
