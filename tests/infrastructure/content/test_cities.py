"""Every city in the repository, as it stands."""

import pytest
from django.conf import settings

from shuzheng.infrastructure.access.rules import system
from shuzheng.infrastructure.content.operations import apply_city, check_city, plan_city
from shuzheng.infrastructure.content.queries import list_applied
from shuzheng.institutions.areas.queries import list_areas
from shuzheng.institutions.organisation.queries import list_posts

CITIES = settings.PROJECT_FOLDER / "cities"
NAMES = sorted(path.parent.parent.name for path in CITIES.glob("*/areas/divisions.yaml"))


def test_there_are_two_cities():
    assert NAMES == ["example", "quzhou"]


@pytest.mark.parametrize("name", NAMES)
def test_a_city_has_no_problem(name):
    assert [str(problem) for problem in check_city(folder=CITIES / name)] == []


@pytest.mark.django_db
def test_one_city_takes_the_place_of_the_other_and_leaves_nothing_of_it(at):
    for name in ("quzhou", "example"):
        folder = CITIES / name
        apply_city(folder=folder, by=system("test"), reason="换城市", at=at)
        assert plan_city(folder=folder, at=at).changes == ()

    assert [area.name for area in list_areas("city")] == ["青石市"]
    assert [post.code for post in list_posts()] == ["hall.agent", "hall.window", "office.director"]
    assert not [key for kind, key in list_applied() if kind == "matter"]
