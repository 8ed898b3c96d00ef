"""The city of this installation."""

from shuzheng.infrastructure.content.queries import kept
from shuzheng.institutions.city.models import City
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
    )
