"""Foreign keys point down the floors, or within a floor without a circle."""

from graphlib import CycleError, TopologicalSorter

import pytest
from django.apps import apps
from django.db import models

from tests.architecture.tree import FLOORS


def place_of(module: str) -> str:
    """Return ``floor.room`` of a model's module, empty for a library's."""
    parts = module.split(".")
    return ".".join(parts[1:3]) if parts[0] == "shuzheng" and parts[1] in FLOORS else ""


def height(place: str) -> int:
    """Return how high up the floor of a room lies."""
    return FLOORS.index(place.partition(".")[0])


def is_downwards(source: str, target: str) -> bool:
    """Say whether a row of one room may point to a row of another (or of a library)."""
    return not target or source == target or height(target) <= height(source)


def keys() -> list[tuple[str, str, str]]:
    """Return every foreign key of the house: its name, the room it is in, the room it points to."""
    return [
        (str(field), place_of(model.__module__), place_of(field.related_model.__module__))
        for model in apps.get_models()
        if place_of(model.__module__)
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey | models.ManyToManyField)
        and isinstance(field.related_model, type)
    ]


def test_foreign_keys_point_downwards():
    assert [name for name, source, target in keys() if not is_downwards(source, target)] == []


def test_foreign_keys_between_rooms_make_no_circle():
    graph: dict[str, set[str]] = {}
    for _, source, target in keys():
        if target and target != source:
            graph.setdefault(source, set()).add(target)
    TopologicalSorter(graph).prepare()


def test_an_upward_key_and_a_circle_are_noticed():
    assert not is_downwards("data.registers", "support.cases")
    assert is_downwards("support.cases", "data.registers")
    assert is_downwards("support.cases", "support.matters")
    with pytest.raises(CycleError):
        TopologicalSorter({"a": {"b"}, "b": {"a"}}).prepare()
