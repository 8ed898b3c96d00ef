"""What the house did by itself is named in the journal as people say it."""

import re
from pathlib import Path

import pytest
from django.utils.translation import override

from shuzheng.applications.desk.pages.audit import SYSTEMS
from tests.applications.browsers import citizen, official, words
from tests.support.cases.play import NOODLES, accepted, member, review, rule, work_off

SOURCES = Path(__file__).resolve().parents[3] / "src" / "shuzheng"
CALL = re.compile(r'\bsystem\("([a-z_.]+)"\)')


def test_everything_that_acts_by_itself_has_a_name() -> None:
    rooms = (each for each in SOURCES.rglob("*.py") if "node_modules" not in each.parts)
    acting = {name for each in rooms for name in CALL.findall(each.read_text())}
    assert "licences" in acting
    assert acting - set(SYSTEMS) == set()


@pytest.mark.django_db
@pytest.mark.usefixtures("city")
@pytest.mark.parametrize(
    ("language", "says"), [("zh-hans", "（文书和证照）"), ("en", "Documents and licences")]
)
def test_the_journal_of_a_case_names_no_room_of_the_code(language: str, says: str) -> None:
    _, applicant = citizen()
    number = accepted(applicant, NOODLES)
    shop = member(number, "small_restaurant")
    review(shop)
    rule(shop)
    work_off()
    auditor = official("auditor")
    auditor.cookies["django_language"] = language
    with override(language):
        shown = words(auditor.get(f"/desk/cases/{number}/journal/"))
    assert says in shown
    assert "Licences）" not in shown
