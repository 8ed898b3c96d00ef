"""Invented people: numbers that no office can have issued, phones that no company has."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from shuzheng.data.collection.rules.inventing.places import Places, Street
from shuzheng.standards.citizen_id import build_synthetic

_FIRST_BIRTHDAY = date(1958, 1, 1)
_DAYS_OF_BIRTHDAYS = 17_000


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who does not exist."""

    id_number: str
    name: str
    is_female: bool
    born_on: date
    street: Street
    address: str
    phone: str


def invent_people(places: Places, random: Random) -> tuple[Person, ...]:
    """Return the named people first, then as many others as are wanted."""
    serials: Counter[tuple[date, bool]] = Counter()
    people: list[Person] = []
    whole = places.province_name + places.city_name
    while len(people) < places.counts.persons:
        name, is_female, born_on, street = _traits(places, random, len(people))
        serial = serials[born_on, is_female]
        serials[born_on, is_female] += 1
        people.append(
            Person(
                id_number=build_synthetic(
                    province=places.province, born_on=born_on, is_female=is_female, serial=serial
                ),
                name=name,
                is_female=is_female,
                born_on=born_on,
                street=street,
                address=f"{whole}{street.place}{random.randint(1, 299)}号",
                phone=f"{places.phone_prefix}{len(people) + 1:04d}",
            )
        )
    return tuple(people)


def _traits(places: Places, random: Random, index: int) -> tuple[str, bool, date, Street]:
    if index < len(places.persons):
        named = places.persons[index]
        return named.name, named.female, named.born_on, places.get_street(named.street)
    name = "".join(
        random.choice(each) for each in (places.surnames, places.given_first, places.given_second)
    )
    born_on = _FIRST_BIRTHDAY + timedelta(days=random.randrange(_DAYS_OF_BIRTHDAYS))
    return name, random.choice((True, False)), born_on, random.choice(places.streets)
