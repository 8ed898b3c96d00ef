"""Who somebody is and where they live stays masked at the desk until an official asks."""

import pytest

from shuzheng.infrastructure.journal.queries import list_entries_of_case
from tests.applications.browsers import ID_NUMBER, official, words
from tests.support.cases.play import NOODLES, RESTAURANT, accepted, member, submitted, task, wang

pytestmark = [pytest.mark.usefixtures("city"), pytest.mark.django_db]


def purposes(number: str) -> list[str]:
    return [each.purpose for each in list_entries_of_case(number) if each.kind == "case.read"]


def test_identity_and_phone_are_masked_by_default() -> None:
    number = submitted(wang(), NOODLES)
    shown = words(official("window").get(f"/desk/tasks/{task(number, 'receive').pk}/"))
    assert ID_NUMBER not in shown
    assert f"{ID_NUMBER[:4]}************{ID_NUMBER[-2:]}" in shown
    assert "13800000001" not in shown
    assert "核对身份信息" not in purposes(number)


def test_seeing_everything_is_a_reading_of_its_own() -> None:
    number = submitted(wang(), NOODLES)
    shown = words(official("window").get(f"/desk/tasks/{task(number, 'receive').pk}/?show=full"))
    assert ID_NUMBER in shown
    assert "13800000001" in shown
    assert purposes(number)[-1] == "核对身份信息"


def test_a_ruling_is_said_never_assumed() -> None:
    fire = member(accepted(wang(), RESTAURANT), "fire_inspection")
    found = task(fire, "rule")
    answer = official("firechief").post(f"/desk/tasks/{found.pk}/rule/", {"reasons": "符合条件"})
    assert answer.status_code == 422
    assert "请选择准予还是不予" in words(answer)
    assert "符合条件" in answer.content.decode()
    found.refresh_from_db()
    assert found.state == "open"
