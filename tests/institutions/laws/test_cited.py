"""What the city cites, as the policy library lists it."""

import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from shuzheng.institutions.laws.rules import CitedClause, by_article

pytestmark = [pytest.mark.usefixtures("city"), pytest.mark.django_db]


def test_no_article_is_named_twice_and_all_that_is_cited_of_it_stands_beneath():
    text = Client().get(reverse("laws:index")).content.decode()
    names = re.findall(r'<h3 class="govuk-heading-s"><a[^>]*>([^<]+)</a>', text)
    assert "《消防法》(2021-04-29)第十五条" in names
    assert len(names) == len(set(names))
    assert text.count("申请人作出承诺并对真实性负责。") == 1


def cited(article, says, paragraph=""):
    return CitedClause("面馆法", date(2019, 4, 23), article, paragraph, says, True, "in_force", ())


def test_an_article_is_listed_once_in_its_place_with_all_that_is_cited_of_it():
    tenth, second, again = (
        cited("第十条", "a"),
        cited("第二条", "b"),
        cited("第十条", "c", "第一款"),
    )
    found = by_article([tenth, second, again])
    assert [(each.name, each.clauses) for each in found] == [
        ("第二条", (second,)),
        ("第十条", (tenth, again)),
    ]
