"""Set the city's own facts."""

from datetime import datetime

from django.db import transaction

from shuzheng.infrastructure.access.rules import Actor, declare_permission, guard
from shuzheng.infrastructure.journal import operations as journal
from shuzheng.infrastructure.journal.rules import declare_entry_kind
from shuzheng.institutions.city.models import City
from shuzheng.institutions.city.rules import CityFacts

SET_CITY = declare_permission("city.set", "载入城市内容")
CITY_SET = declare_entry_kind("city.set", "载入城市", facts=("name",))


@transaction.atomic
def set_city(*, facts: CityFacts, by: Actor, at: datetime) -> None:
    """Write the one city of this installation."""
    guard(by, SET_CITY)
    City.objects.exclude(code=facts.code).delete()
    City.objects.update_or_create(
        code=facts.code,
        defaults={
            "name": facts.name,
            "name_en": facts.name_en,
            "case_prefix": facts.case_prefix,
            "hotline": facts.hotline,
            "review_organ": facts.review_organ,
            "court": facts.court,
        },
    )
    journal.append(
        actor=by, kind=CITY_SET, subject=f"city:{facts.code}", at=at, facts={"name": facts.name}
    )
