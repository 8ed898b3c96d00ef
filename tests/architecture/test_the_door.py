"""A room is entered by its operations, queries and rules, and by nothing else."""

from tests.architecture.tree import FLOORS, Module, imports, modules, sample

DOOR = frozenset({"operations", "queries", "rules"})


def walks_round(module: Module) -> list[str]:
    """Return the imports by which a module enters another room beside its door."""
    found = []
    for name in imports(module):
        parts = name.split(".")
        if parts[0] != "shuzheng" or len(parts) < 3 or parts[1] not in FLOORS:
            continue
        if ".".join(parts[1:3]) != module.room and (len(parts) < 4 or parts[3] not in DOOR):
            found.append(f"{module.name}: {name}")
    return found


def test_rooms_are_entered_by_their_door():
    found = [each for module in modules() if module.room for each in walks_round(module)]
    assert found == []


def test_entering_beside_the_door_is_noticed():
    name = "shuzheng.support.cases.operations"
    beside = sample(name, "from shuzheng.support.matters.models import Matter")
    whole = sample(name, "from shuzheng.support import matters")
    own = sample(name, "from shuzheng.support.cases.models import Case")
    door = sample(name, "from shuzheng.support.matters.queries import get_matter")
    assert walks_round(beside) == [f"{name}: shuzheng.support.matters.models.Matter"]
    assert walks_round(whole) == [f"{name}: shuzheng.support.matters"]
    assert walks_round(own) == walks_round(door) == []
