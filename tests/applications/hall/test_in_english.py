"""An English reader opens a restaurant: questions, guide and form are in English."""

import pytest
from django.test import Client

from tests.applications.browsers import citizen, words
from tests.support.cases.play import NOODLES, draft

pytestmark = [pytest.mark.usefixtures("city"), pytest.mark.django_db]
ENGLISH = {"Accept-Language": "en"}


def read(client: Client, path: str) -> str:
    return " ".join(words(client.get(path, headers=ENGLISH)).split())


def test_the_guide_is_in_english_and_the_law_marked_as_chinese() -> None:
    answer = Client().get("/guide/open_restaurant/", headers=ENGLISH)
    text = answer.content.decode()
    assert "The place: check it before you sign a lease" in text
    assert "Quzhou Market Regulation Bureau" in text
    assert '<span lang="zh-Hans">《大气污染防治法》' in text


def test_questions_form_and_verdict_are_in_english() -> None:
    client, applicant = citizen()
    number = draft(applicant, NOODLES)
    questions = read(client, f"/apply/{number}/questions/")
    assert "Do you have a business licence?" in questions
    assert "No, I apply for it now" in questions
    form = read(client, f"/apply/{number}/form/shop/")
    assert "Name of the shop" in form
    assert "Unified social credit code" in form
    assert "A commercial building: not forbidden." in read(client, f"/apply/{number}/")
    check = read(client, f"/apply/{number}/check/")
    assert "Hot food (stir-fries, noodles, hotpot)" in check


def test_a_mistake_names_the_question_in_english() -> None:
    client, applicant = citizen()
    number = draft(applicant, NOODLES)
    answer = client.post(f"/apply/{number}/form/shop/", {"seats": "x"}, headers=ENGLISH)
    assert answer.status_code == 422
    assert "Seats" in words(answer)
