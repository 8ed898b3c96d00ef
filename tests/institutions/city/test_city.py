from dataclasses import replace
from datetime import UTC, datetime

import pytest
from pydantic import ValidationError

from shuzheng.infrastructure.access.rules import Actor, PostLacksPermission, system
from shuzheng.institutions.city.content import RemediesFile
from shuzheng.institutions.city.operations import set_city
from shuzheng.institutions.city.queries import get_city
from shuzheng.institutions.city.rules import CityFacts, CityNotApplied

AT = datetime(2026, 3, 2, 1, tzinfo=UTC)
FACTS = CityFacts("990100", "样例市", "Sample", "YL", "12345", "样例市人民政府", "样例法院")


@pytest.mark.django_db
def test_a_house_without_content_says_so() -> None:
    with pytest.raises(CityNotApplied, match="还没有载入城市内容"):
        get_city()


@pytest.mark.django_db
def test_there_is_one_city_and_the_next_takes_its_place() -> None:
    set_city(facts=FACTS, by=system("apply"), at=AT)
    other = CityFacts("990200", "别市", "Other", "BS", "", "", "")
    set_city(facts=other, by=system("apply"), at=AT)
    assert get_city() == other


@pytest.mark.django_db
def test_who_may_not_set_the_city_changes_nothing() -> None:
    set_city(facts=FACTS, by=system("apply"), at=AT)
    clerk = Actor(kind="official", account="a", post="service.window", department="service")
    with pytest.raises(PostLacksPermission):
        set_city(facts=CityFacts("990200", "", "", "", "", "", ""), by=clerk, at=AT)
    assert get_city() == FACTS


def test_a_decision_says_how_it_is_contested_here() -> None:
    facts = replace(FACTS, remedies="可以向{review_organ}申请复议，或者向{court}起诉。")
    assert facts.say_remedies() == "可以向样例市人民政府申请复议，或者向样例法院起诉。"
    assert facts.say_remedies("只能向{court}起诉。") == "只能向样例法院起诉。"


@pytest.mark.parametrize("text", ["向{mayor}申请", "向{}申请", "向{review_organ申请", ""])
def test_remedies_name_the_two_places_and_no_other(text: str) -> None:
    with pytest.raises(ValidationError):
        RemediesFile(text=text, verified=False)
