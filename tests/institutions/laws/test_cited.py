"""What the city cites, as the policy library lists it."""

import re

import pytest
from django.test import Client
from django.urls import reverse

pytestmark = [pytest.mark.usefixtures("city"), pytest.mark.django_db]


def test_no_article_is_named_twice_and_all_that_is_cited_of_it_stands_beneath():
    text = Client().get(reverse("laws:index")).content.decode()
    names = re.findall(r'<h3 class="govuk-heading-s"><a[^>]*>([^<]+)</a>', text)
    assert "《消防法》(2021-04-29)第十五条" in names
    assert len(names) == len(set(names))
    assert text.count("申请人作出承诺并对真实性负责。") == 1
