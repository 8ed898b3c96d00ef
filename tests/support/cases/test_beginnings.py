"""A flow begins by itself: by a message, a signal, a timer, an entry, a condition."""

import pytest

from shuzheng.infrastructure.journal.models import Entry
from shuzheng.support.cases import operations as cases
from shuzheng.support.cases.models import Case, Clock, Task
from shuzheng.support.cases.queries import get_progress
from shuzheng.support.cases.rules import CaseNotFound
from shuzheng.support.cases.rules.states import State
from tests.support.cases.beginnings import CITATION, begun_by, opened, send, start
from tests.support.cases.drawn import ENDS, MESSAGE, message
from tests.support.cases.flows import begin, complete, publish
from tests.support.cases.play import AT, TODAY, on_post, wang
from tests.support.cases.refusals import refuses

pytestmark = [pytest.mark.usefixtures("city", "replayed"), pytest.mark.django_db]


def test_a_case_that_nobody_applied_for_is_accepted_and_its_clocks_run_from_now() -> None:
    legal = {"amount": 20, "unit": "working_day", "citation": CITATION}
    begun_by("audit", start(message()), head=MESSAGE, statutory_period=legal)
    number = send().number
    case = Case.objects.get(number=number)
    assert (case.state, case.submitted_at, case.accepted_at) == (State.ACCEPTED, AT, AT)
    assert (case.applicant_person, case.applicant_masked, case.helper_post) == ("", "", "")
    assert (case.department, case.area, case.title) == ("service", "330800", "事项 audit")
    clock = Clock.objects.get(case=case)
    assert (clock.kind, clock.started_on) == ("statutory", TODAY)
    assert Task.objects.get(case=case).due_on == clock.due_on
    complete(number, "t")
    assert Case.objects.get(number=number).state == State.CLOSED
    assert Clock.objects.get(case=case).stopped_at == AT
    told = Entry.objects.filter(case=number).order_by("at", "pk").values_list("kind", flat=True)
    assert {"case.opened", "task.opened", "case.closed"} <= set(told)
    assert set(Entry.objects.filter(case=number).values_list("person", flat=True)) == {""}


def test_it_is_read_by_its_department_and_by_nobody_else() -> None:
    begun_by("audit", start(message()), head=MESSAGE)
    number = send().number
    supervisor = on_post("service.supervisor")
    file = cases.open_case(number=number, purpose="查阅", by=supervisor, at=AT)
    assert (file.form.values, file.materials, file.files) == ({}, (), ())
    for other in (on_post("market.chief"), wang()):
        refuses(CaseNotFound, cases.open_case, number=number, purpose="查阅", by=other, at=AT)
    refuses(CaseNotFound, cases.withdraw_case, number=number, by=wang(), at=AT)


def test_the_area_is_the_one_named_or_the_senders_or_the_city() -> None:
    begun_by("audit", start(message()), head=MESSAGE)
    numbers = [send(payload={"area": area}).number for area in ("330802", "999999", 7)]
    sends = publish("sends", ENDS + '<sendTask id="x" messageRef="m"/>', "s>x x>e", head=MESSAGE)
    begin(sends, area="330803")
    cases.carry_messages(at=AT)
    numbers += opened("audit")[3:]
    areas = [Case.objects.get(number=each).area for each in numbers]
    assert areas == ["330802", "330800", "330800", "330803"]


def test_progress_says_that_nobody_applied() -> None:
    begun_by("audit", start(message()), head=MESSAGE)
    found = get_progress(send().number, today=TODAY)
    assert found is not None
    assert (found.applicant_person, found.case.applicant_masked) == ("", "")
    assert found.variables["cause"]["kind"] == "message"
