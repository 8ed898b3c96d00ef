"""Divisions for everyone: the table says what the map shows."""

import pytest
from django.test import Client

pytestmark = [pytest.mark.usefixtures("city"), pytest.mark.django_db]
COUNTIES = {"柯城区", "衢江区", "江山市", "常山县", "开化县", "龙游县"}


def test_the_six_counties_stand_in_the_table() -> None:
    page = Client().get("/areas/").content.decode()
    assert all(name in page for name in COUNTIES)
    assert 'data-map="/areas/outlines.geojson"' in page


def test_the_map_draws_the_same_counties_and_opens_them() -> None:
    answer = Client().get("/areas/outlines.geojson")
    assert answer["Content-Type"] == "application/geo+json"
    features = answer.json()["features"]
    assert {each["properties"]["name"] for each in features} == COUNTIES
    assert "/areas/330802/" in {each["properties"]["href"] for each in features}


def test_an_area_lists_what_lies_below_and_leads_back() -> None:
    page = Client().get("/areas/330802/").content.decode()
    assert "荷花街道" in page
    assert 'href="/areas/"' in page


def test_an_unknown_area_is_not_found() -> None:
    answer = Client().get("/areas/999999/")
    assert answer.status_code == 404
    assert "999999" in answer.content.decode()
