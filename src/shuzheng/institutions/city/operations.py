"""Set the city's own facts, and what it says in another language."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from shuzheng.infrastructure.access.rules import Actor, declare_permission, guard
from shuzheng.infrastructure.journal import operations as journal
from shuzheng.infrastructure.journal.rules import declare_entry_kind
from shuzheng.institutions.city.models import City, Translation
from shuzheng.institutions.city.rules import CityFacts

SET_CITY = declare_permission("city.set", "载入城市内容")
TRANSLATED = declare_entry_kind("city.translated", "载入内容译文", facts=("language", "count"))
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
            "remedies": facts.remedies,
        },
    )
    journal.append(
        actor=by, kind=CITY_SET, subject=f"city:{facts.code}", at=at, facts={"name": facts.name}
    )


@transaction.atomic
def set_translation(
    *, key: str, language: str, texts: Mapping[str, str], by: Actor, at: datetime
) -> None:
    """Keep the sentences of one file in another language; none takes them back."""
    guard(by, SET_CITY)
    if texts:
        values = {"language": language, "texts": dict(texts)}
        Translation.objects.update_or_create(key=key, defaults=values)
    else:
        Translation.objects.filter(key=key).delete()
    facts = {"language": language, "count": len(texts)}
    journal.append(actor=by, kind=TRANSLATED, subject=f"translation:{key}", at=at, facts=facts)
