"""An agent helps somebody who is present to apply: with consent, card and name."""

import pytest

from shuzheng.support.cases.models import Case
from tests.applications.browsers import ID_NUMBER, official, words
from tests.support.cases.play import wang
from tests.support.cases.refusals import nothing_changes

pytestmark = [pytest.mark.usefixtures("city"), pytest.mark.django_db]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"consent": ""}, "请先取得申请人本人同意"),
        ({"id_number": "330000199001029015"}, "号码有误"),
        ({"id_number": "330000195609099004"}, "人口库里没有"),
        ({"id_number": ""}, "号码有误"),
        ({"name": " "}, "请填写申请人姓名"),
    ],
)
def test_nobody_is_helped_without_consent_card_and_name(change: dict[str, str], says: str) -> None:
    wang()
    agent = official("agent")
    typed = {"name": "王小明", "id_number": ID_NUMBER, "consent": "yes", **change}
    with nothing_changes():
        answer = agent.post("/desk/help/", typed)
    assert answer.status_code == 422
    assert says in words(answer)
    assert f'value="{typed["id_number"]}"' in answer.content.decode()


def test_an_agent_helps_with_consent_and_the_case_is_the_applicants() -> None:
    applicant = wang()
    agent = official("agent")
    typed = {"name": "王小明", "id_number": ID_NUMBER, "consent": "yes"}
    answer = agent.post("/desk/help/", typed)
    number = answer.headers["Location"].split("/")[2]
    case = Case.objects.get(number=number)
    assert (case.applicant_person, case.applicant_masked) == (applicant.person, "王**")
    assert case.helper_post == "village.agent"
    assert "代 王** 填写" in words(agent.get(f"/apply/{number}/place/"))
