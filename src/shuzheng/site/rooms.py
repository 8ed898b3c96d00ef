"""The rooms of the house, floor by floor, found where they stand."""

from pathlib import Path

FLOORS = ("infrastructure", "institutions", "data", "support", "applications")


def rooms() -> tuple[str, ...]:
    """Return the dotted names of all rooms, lower floors first, by name within a floor."""
    house = Path(__file__).resolve().parent.parent
    return tuple(
        f"shuzheng.{floor}.{room.parent.name}"
        for floor in FLOORS
        for room in sorted((house / floor).glob("*/apps.py"))
    )
