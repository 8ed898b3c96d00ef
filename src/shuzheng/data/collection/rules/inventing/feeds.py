"""The feeds of the departments, invented: the same seed gives the same files, byte for byte."""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from shuzheng.data.collection.rules.inventing.buildings import Premises, invent_premises
from shuzheng.data.collection.rules.inventing.people import Person, invent_people
from shuzheng.data.collection.rules.inventing.places import NamedLegalPerson, Places
from shuzheng.standards.credit_code import build_credit_code

Cells = Mapping[str, str]
_UPDATED = "更新日期"


@dataclass(frozen=True, slots=True)
class LegalPerson:
    """An enterprise that does not exist."""

    facts: NamedLegalPerson
    credit_code: str
    representative: Person
    address: str
    registered_on: date


def invent_feeds(places: Places) -> Mapping[str, bytes]:
    """Return every feed by its file name, as CSV in UTF-8."""
    random = Random(places.seed)  # noqa: S311  invented data, not secrets
    people = invent_people(places, random)
    premises = invent_premises(places, people, random)
    enterprises = _invent_enterprises(places, people, premises, random)
    feeds: dict[str, list[Cells]] = {
        "police_persons.csv": [_person(each) for each in people],
        "service_contacts.csv": [_contact(each) for each in people],
        "housing_premises.csv": [_building(each) for each in premises],
        "property_rights.csv": [
            _right(each, number=places.certificate_number.format(index=index + 1))
            for index, each in enumerate(premises)
        ],
        "housing_leases.csv": _leases(places, premises),
        "market_legal_persons.csv": [_enterprise(each) for each in enterprises],
        "market_licences.csv": _licences(places, enterprises),
    }
    last = {name: rows[-1] for name, rows in feeds.items()}
    for fault in places.faults:
        feeds[fault.feed].append({**last[fault.feed], fault.column: fault.value})
    return {name: _csv(rows, as_of=places.as_of) for name, rows in feeds.items()}


def _invent_enterprises(
    places: Places,
    people: tuple[Person, ...],
    premises: tuple[Premises, ...],
    random: Random,
) -> tuple[LegalPerson, ...]:
    by_name = {person.name: person for person in reversed(people)}
    by_unit = {each.facts.unit: each for each in premises}
    named = list(places.legal_persons)
    shops = [each for each in premises[len(places.premises) :] if each.facts.use != "住宅"]
    taken = {each.name for each in named}
    while len(named) < places.counts.legal_persons:
        one = _shop(places, random.choice(people[len(places.persons) :]), shops, random)
        if one.name not in taken:
            taken.add(one.name)
            named.append(one)
    return tuple(
        LegalPerson(
            facts=each,
            credit_code=build_credit_code(
                category="92" if each.kind == "个体工商户" else "91",
                area=places.legal_person_area,
                organisation=f"DEM{index + 1:05d}",
            ),
            representative=by_name[each.representative],
            address=by_unit[each.unit].address,
            registered_on=places.as_of - timedelta(days=random.randint(200, 4000)),
        )
        for index, each in enumerate(named)
    )


def _shop(
    places: Places, owner: Person, shops: Sequence[Premises], random: Random
) -> NamedLegalPerson:
    kind, unit = random.choice(places.shop_kinds), random.choice(shops)
    word = random.choice(places.shop_names) + random.choice(places.given_second)
    return NamedLegalPerson(
        name=f"{_place_in_name(places, unit.street.county)}{word}{kind.name}",
        kind=kind.kind,
        scope=kind.scope,
        representative=owner.name,
        unit=unit.facts.unit,
    )


def _place_in_name(places: Places, county: str) -> str:
    """Return the place an enterprise's name begins with: a district says its city too."""
    return f"{places.city_name}{county}" if county.endswith("区") else county


def _person(person: Person) -> Cells:
    return {
        "公民身份号码": person.id_number,
        "姓名": person.name,
        "性别": "女" if person.is_female else "男",
        "出生日期": person.born_on.isoformat(),
        "户籍地址": person.address,
        "村社代码": person.street.village,
    }


def _contact(person: Person) -> Cells:
    return {
        "公民身份号码": person.id_number,
        "联系电话": person.phone,
        "联系地址": person.address,
    }


def _building(premises: Premises) -> Cells:
    facts = premises.facts
    return {
        "房屋编码": facts.unit,
        "地址": premises.address,
        "村社代码": premises.street.village,
        "建筑用途": facts.use,
        "专用烟道": facts.flue,
        "所在楼层": str(facts.floor),
        "紧邻居住层": facts.adjoins,
        "建筑面积": facts.area,
        "管理方": facts.managed_by,
        "排水去向": facts.sewer,
        "消防验收": facts.fire,
        "经度": f"{premises.longitude:.6f}",
        "纬度": f"{premises.latitude:.6f}",
    }


def _right(premises: Premises, *, number: str) -> Cells:
    return {
        "房屋编码": premises.facts.unit,
        "产权人身份号码": premises.owner.id_number,
        "产权人姓名": premises.owner.name,
        "不动产权证号": number,
    }


def _leases(places: Places, premises: Sequence[Premises]) -> list[Cells]:
    return [
        {
            "房屋编码": each.facts.unit,
            "承租人身份号码": each.tenant.id_number,
            "备案号": places.lease_number.format(index=index + 1),
            "租期至": (places.as_of + timedelta(days=3 * 365)).isoformat(),
        }
        for index, each in enumerate(premises)
        if each.tenant
    ]


def _enterprise(enterprise: LegalPerson) -> Cells:
    return {
        "统一社会信用代码": enterprise.credit_code,
        "名称": enterprise.facts.name,
        "类型": enterprise.facts.kind,
        "代表人身份号码": enterprise.representative.id_number,
        "代表人姓名": enterprise.representative.name,
        "经营场所": enterprise.address,
        "经营范围": enterprise.facts.scope,
        "成立日期": enterprise.registered_on.isoformat(),
        "登记状态": "存续",
    }


def _licences(places: Places, enterprises: Sequence[LegalPerson]) -> list[Cells]:
    kinds: tuple[tuple[str, str, Callable[[LegalPerson], bool]], ...] = (
        ("营业执照", "YYZZ", lambda _each: True),
        ("食品经营许可证", "JY", lambda each: each.facts.scope == "餐饮服务"),
    )
    return [
        {
            "证照编号": f"{prefix}-{each.credit_code}",
            "证照名称": kind,
            "持证主体代码": each.credit_code,
            "持证主体": each.facts.name,
            "持证人身份号码": each.representative.id_number,
            "发证机关": places.registrar,
            "发证日期": each.registered_on.isoformat(),
            "有效期至": "",
            "状态": "有效",
        }
        for kind, prefix, has in kinds
        for each in enterprises
        if has(each)
    ]


def _csv(rows: Sequence[Cells], *, as_of: date) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*rows[0], _UPDATED])
    writer.writerows([*row.values(), as_of.isoformat()] for row in rows)
    return text.getvalue().encode()
