"""A case on the drawing of its flow at the desk: marked, said in a table, journalled."""

import pytest
from django.test import Client

from shuzheng.infrastructure.journal.models import Entry
from shuzheng.support.cases.models import Case
from shuzheng.support.workflow.queries import get_flow_version, get_picture
from tests.applications.browsers import citizen, official, words
from tests.support.cases.play import NOODLES, RESTAURANT, accepted, member, submitted, wang

pytestmark = [pytest.mark.usefixtures("city"), pytest.mark.django_db]


@pytest.fixture(autouse=True)
def _compiled_anew() -> None:
    """Another module's city has other versions under the same ids."""
    get_flow_version.cache_clear()
    get_picture.cache_clear()


def test_the_page_shows_where_the_case_stands_who_did_what_and_what_is_due() -> None:
    number = accepted(wang(), RESTAURANT)
    answer = official("window").get(f"/desk/cases/{number}/flow/")
    assert "style-src-attr 'unsafe-inline'" in answer["Content-Security-Policy"]
    text = answer.content.decode()
    version = Case.objects.get(number=number).flow_id
    assert f'data-flow="/desk/flows/pictures/{version}.bpmn"' in text
    assert 'data-element="receive" data-mark="done"' in text
    assert 'data-element="business_registration" data-mark="now"' in text
    assert 'data-element="receive_to_received" data-mark="done"' in text
    told = words(answer)
    for each in ("收件审查", "已完成", "正在这一步", "综合窗口"):
        assert each in told


def test_the_cases_of_a_bundle_are_reached_from_their_call_and_back() -> None:
    number = accepted(wang(), NOODLES)
    child = member(number, "small_restaurant")
    page = official("market").get(f"/desk/cases/{number}/flow/").content.decode()
    assert f'data-href="/desk/cases/{child}/flow/"' in page
    below = official("marketchief").get(f"/desk/cases/{child}/flow/").content.decode()
    assert f'href="/desk/cases/{number}/flow/"' in below
    assert "所属一件事的流程" in below


def test_opening_it_is_a_reading_that_the_applicant_sees() -> None:
    number = accepted(wang(), NOODLES)
    before = Entry.objects.filter(kind="case.read", case=number).count()
    assert official("market").get(f"/desk/cases/{number}/flow/").status_code == 200
    entries = Entry.objects.filter(kind="case.read", case=number)
    assert entries.count() == before + 1
    assert entries.latest("pk").purpose == "查阅本部门办件"


def test_who_has_no_part_in_the_case_does_not_see_its_flow() -> None:
    number = submitted(wang(), NOODLES)
    before = Entry.objects.filter(kind="case.read").count()
    path = f"/desk/cases/{number}/flow/"
    assert official("agent").get(path).status_code == 404
    assert citizen()[0].get(path).status_code == 403
    assert Client().get(path).status_code == 302
    assert Entry.objects.filter(kind="case.read").count() == before


def test_the_case_leads_to_its_flow() -> None:
    number = accepted(wang(), NOODLES)
    page = official("market").get(f"/desk/cases/{number}/").content.decode()
    assert f'href="/desk/cases/{number}/flow/"' in page
