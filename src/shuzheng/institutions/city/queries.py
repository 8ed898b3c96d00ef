"""The city of this installation, and its words in English."""

from collections.abc import Mapping

from shuzheng.infrastructure.content.queries import kept
from shuzheng.institutions.city.models import City, Translation
from shuzheng.institutions.city.rules import CityFacts, CityNotApplied


@kept
def get_city() -> CityFacts:
    """Return the city.

    Raises:
        CityNotApplied: no content has been applied.
    """
    city = City.objects.first()
    if city is None:
        raise CityNotApplied
    return CityFacts(
        code=city.code,
        name=city.name,
        name_en=city.name_en,
        case_prefix=city.case_prefix,
        hotline=city.hotline,
        review_organ=city.review_organ,
        court=city.court,
        remedies=city.remedies,
    )


@kept
def list_english() -> Mapping[str, str]:
    """Return what the city says in English, by the sentence in Chinese."""
    said: dict[str, str] = {}
    for each in Translation.objects.filter(language="en").order_by("key"):
        said.update(each.texts)
    return said
