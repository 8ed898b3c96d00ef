"""Looking back at a case, and doing a task whose outcomes a drawing names, at the desk."""

from datetime import timedelta

import pytest

from shuzheng.infrastructure.journal.models import Entry
from shuzheng.support.cases import operations as cases
from shuzheng.support.cases.models import FlowStep, Task
from shuzheng.support.workflow.queries import get_flow_version
from tests.applications.browsers import citizen, official, words
from tests.support.cases.drawn import ENDS
from tests.support.cases.flows import begin, open_tasks, publish, variables
from tests.support.cases.play import (
    AT,
    NOODLES,
    RESTAURANT,
    accepted,
    on_post,
    submitted,
    task,
    wang,
)

pytestmark = [pytest.mark.usefixtures("city"), pytest.mark.django_db]


@pytest.fixture(autouse=True)
def _compiled_anew() -> None:
    """Another module's city has other versions under the same ids."""
    get_flow_version.cache_clear()


def test_the_page_shows_the_case_as_it_was_after_each_step() -> None:
    number = submitted(wang(), RESTAURANT, at=AT - timedelta(hours=1))
    window = on_post("service.window")
    cases.accept_case(task_id=task(number, "receive").pk, by=window, at=AT)
    steps = list(FlowStep.objects.filter(case__number=number).order_by("pk"))
    path = f"/desk/cases/{number}/past/"
    desk = official("window")
    first, last = words(desk.get(path, {"step": steps[0].pk})), words(desk.get(path))
    assert "已提交，待受理" in first
    assert "收件审查" in first
    assert "设立登记" not in first.split("经过的各步")[0]
    assert "办理中" in last
    assert "设立登记" in last
    assert "第 1 版" in last


def test_looking_back_is_noted_with_its_purpose() -> None:
    number = accepted(wang(), NOODLES)
    before = Entry.objects.filter(kind="case.read", case=number).count()
    assert official("market").get(f"/desk/cases/{number}/past/").status_code == 200
    entries = Entry.objects.filter(kind="case.read", case=number)
    assert entries.count() == before + 1
    assert entries.latest("arrival").facts["fields"][0] == "past"


def test_who_has_no_part_in_the_case_does_not_look_back() -> None:
    number = submitted(wang(), NOODLES)
    path = f"/desk/cases/{number}/past/"
    assert official("agent").get(path).status_code == 404
    assert citizen()[0].get(path).status_code == 403


def test_nobody_learns_of_a_case_by_asking_for_its_steps() -> None:
    number = submitted(wang(), NOODLES)
    agent = official("agent")
    asked = {"step": "0"}
    told = {agent.get(f"/desk/cases/{each}/past/", asked).status_code for each in (number, "QZ-0")}
    assert told == {404}


def test_a_step_that_is_not_there_is_refused_in_words() -> None:
    number = accepted(wang(), NOODLES)
    window = official("window")
    for step in ("0", "x", "9" * 40):
        answer = window.get(f"/desk/cases/{number}/past/", {"step": step})
        assert answer.status_code == 409


CHECK = (
    ENDS + '<userTask id="t" name="查看现场" shuzheng:duty="supervise:open_restaurant" '
    'shuzheng:outcomes="fine=没有问题;bad=有问题"/><exclusiveGateway id="g" default="g_e"/>'
    '<userTask id="mend" name="整改" shuzheng:duty="supervise:open_restaurant"/>',
    's>t t>g g>mend[outcome_=_"bad"] g>e mend>e',
)


def test_a_task_is_done_with_an_outcome_that_its_drawing_names() -> None:
    number = begin(publish("look", *CHECK))
    found = Task.objects.get(case__number=number).pk
    window = official("supervisor")
    page = words(window.get(f"/desk/tasks/{found}/"))
    assert "没有问题" in page
    assert window.post(f"/desk/tasks/{found}/done/", {"outcome": "worse"}).status_code == 422
    assert open_tasks(number) == ["t"]
    sent = window.post(f"/desk/tasks/{found}/done/", {"outcome": "bad", "opinion": "有积水"})
    assert sent.status_code == 302
    assert open_tasks(number) == ["mend"]
    assert variables(number)["t"] == {"outcome": "bad", "opinion": "有积水"}


def test_another_post_does_not_do_it() -> None:
    number = begin(publish("look", *CHECK))
    found = Task.objects.get(case__number=number).pk
    answer = official("market").post(f"/desk/tasks/{found}/done/", {"outcome": "fine"})
    assert answer.status_code == 404
    assert open_tasks(number) == ["t"]
