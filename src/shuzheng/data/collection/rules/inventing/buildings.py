"""Invented building units on real streets, with the facts that siting rules ask for."""

from dataclasses import dataclass
from random import Random

from shuzheng.data.collection.rules.inventing.people import Person
from shuzheng.data.collection.rules.inventing.places import NamedPremises, Places, Street

_AROUND = 0.002
"""Degrees, about two hundred metres."""
_LET = 0.66
_KINDS = (
    ("住宅", "否", "是"),
    ("商业", "是", "否"),
    ("商业", "是", "否"),
    ("商业", "否", "否"),
    ("商住", "是", "否"),
    ("商住", "是", "是"),
    ("商住", "否", "否"),
)
"""Use, flue, adjoining homes."""


@dataclass(frozen=True, slots=True)
class Premises:
    """A building unit that does not exist, on a street that does."""

    facts: NamedPremises
    street: Street
    address: str
    longitude: float
    latitude: float
    owner: Person
    tenant: Person | None


def invent_premises(
    places: Places, people: tuple[Person, ...], random: Random
) -> tuple[Premises, ...]:
    """Return the named units first, then others; two in three are let."""
    by_name = {person.name: person for person in reversed(people)}
    units = list(places.premises)
    while len(units) < places.counts.premises:
        units.append(_unit(places, people, random, len(units)))
    return tuple(
        Premises(
            facts=unit,
            street=(street := places.get_street(unit.street)),
            address=f"{places.city_name}{street.place} {unit.number}",
            longitude=round(street.longitude + random.uniform(-_AROUND, _AROUND), 6),
            latitude=round(street.latitude + random.uniform(-_AROUND, _AROUND), 6),
            owner=by_name[unit.owner],
            tenant=by_name[unit.tenant] if unit.tenant else None,
        )
        for unit in units
    )


def _unit(places: Places, people: tuple[Person, ...], random: Random, index: int) -> NamedPremises:
    use, flue, adjoins = random.choice(_KINDS)
    others = people[len(places.persons) :]
    return NamedPremises(
        unit=f"QZFW-{index + 1:06d}",
        street=random.choice(places.streets).name,
        number=f"{random.randint(1, 300)} 号",
        use=use,
        flue=flue,
        floor=random.choice((1, 1, 1, 2, 3)),
        adjoins=adjoins,
        area=str(random.choice((28, 35, 46, 58, 72, 95, 130, 180, 240, 360, 520))),
        managed_by="",
        sewer=random.choice(("市政管网", "市政管网", "自建化粪池")),
        fire=random.choice(("已备案", "已验收", "未办理")),
        owner=random.choice(others).name,
        tenant=random.choice(others).name if random.random() < _LET else "",
    )
