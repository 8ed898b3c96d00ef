import doctest
import importlib
import pkgutil

import pytest

import shuzheng.policy
import shuzheng.standards

MODULES = [
    f"{package.__name__}.{module.name}"
    for package in (shuzheng.standards, shuzheng.policy)
    for module in pkgutil.iter_modules(package.__path__)
] + [
    "shuzheng.institutions.areas.rules.divisions",
    "shuzheng.institutions.calendar.rules",
    "shuzheng.institutions.laws.rules.texts",
    "shuzheng.institutions.organisation.rules",
]


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_in_docstrings_run(name):
    assert doctest.testmod(importlib.import_module(name)).failed == 0
