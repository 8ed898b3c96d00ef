"""Identifiers are English words of the glossary; people read Chinese."""

import ast
import re
from collections.abc import Iterator

from django.apps import apps

from shuzheng.standards.glossary import glossary
from tests.architecture.tree import Module, modules, sample

VAGUE = frozenset(
    {"utils", "util", "helpers", "helper", "manager", "base2", "data2", "misc", "common"}
)
TECHNICAL = frozenset({"infrastructure"})
INITIALS = "zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw]"
FINALS = (
    "iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|ai|ei|ao|ou|an|en|in|un|ia|ie|iu|ua|ui|uo|ue|er"
    "|[aoeiuv]"
)
ENGLISH = frozenset({"license", "role", "share"})
"""English words of the glossary that happen to be spelled like pinyin."""
PINYIN = re.compile(f"(?:(?:{INITIALS})(?:{FINALS})){{2,}}")


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


def strange(module: Module, pinyin: frozenset[str]) -> list[str]:
    """Return the names that are not English, and modules whose name says nothing."""
    found = {
        f"{module.name}: {name}"
        for name in identifiers(module)
        if not name.isascii() or set(words(name)) & pinyin
    }
    if set(words(module.name.rpartition(".")[2])) & VAGUE:
        found.add(f"{module.name}: says nothing")
    return sorted(found)


def known_pinyin() -> frozenset[str]:
    """Return the pinyin words that the glossary asks not to use."""
    avoided = {word for term in glossary() for word in term.avoid if PINYIN.fullmatch(word)}
    return frozenset(avoided - ENGLISH)


def is_known(model: str, known: frozenset[str]) -> bool:
    """Say whether a model's name is made with a term of the glossary."""
    name = "_".join(words(model))
    return any(f"_{term}_" in f"_{name}_" for term in known)


def test_identifiers_are_english_words():
    pinyin = known_pinyin()
    assert [each for module in modules() for each in strange(module, pinyin)] == []


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
    module = sample("shuzheng.support.cases.helpers", "def shouli_banjian(案号): helper = 1")
    assert strange(module, frozenset({"banjian"})) == [
        "shuzheng.support.cases.helpers: says nothing",
        "shuzheng.support.cases.helpers: shouli_banjian",
        "shuzheng.support.cases.helpers: 案号",
    ]
    assert not is_known("Ticket", frozenset({"case"}))
    assert is_known("CaseTask", frozenset({"case"}))


def test_pinyin_is_told_from_english():
    assert {"banjian", "shouli", "zhengzhao"} <= known_pinyin()
    assert not {"ticket", "verdict", "license"} & known_pinyin()
