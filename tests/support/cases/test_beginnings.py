"""A flow begins by itself: by a message, a signal, a timer, an entry, a condition."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from shuzheng.infrastructure.access.rules import Actor, PostLacksPermission
from shuzheng.infrastructure.journal.models import Entry
from shuzheng.support.cases import operations as cases
from shuzheng.support.cases.models import Case, Clock, FlowMessage, Task, TimerStart
from shuzheng.support.cases.operations.running.messages import KEPT_FOR
from shuzheng.support.cases.queries import get_progress
from shuzheng.support.cases.rules import CaseNotFound
from shuzheng.support.cases.rules.flow_refusals import PostMissing
from shuzheng.support.cases.rules.states import State
from shuzheng.support.workflow.operations import take_back
from shuzheng.support.workflow.rules import ConditionUndecided
from tests.support.cases.beginnings import (
    BEFORE,
    CITATION,
    TASK,
    begun_by,
    cause,
    condition,
    entry,
    opened,
    start,
)
from tests.support.cases.flows import (
    BY,
    CLERK,
    begin,
    check_replay,
    complete,
    open_tasks,
    places,
    publish,
    variables,
)
from tests.support.cases.play import AT, TODAY, on_post, wang
from tests.support.cases.refusals import refuses
from tests.support.cases.test_flows_run import (
    ENDS,
    MESSAGE,
    ORDER,
    SIGNAL,
    catch,
    message,
    signal,
    timer,
)

pytestmark = [pytest.mark.usefixtures("city"), pytest.mark.django_db]
DAY = timedelta(days=1)
FACTS = [
    {"fact": "absent", "variable": "absent", "label": "缺少的记录"},
    {"fact": "dataset", "variable": "dataset", "label": "数据集"},
]
BATCH = [{"entry": "collection.endings_held", "facts": FACTS}]


@pytest.fixture(autouse=True)
def _replayed() -> Iterator[None]:
    """After each test every case of it can be played again."""
    yield
    check_replay(*Case.objects.values_list("number", flat=True))


def send(key: str = "7", *, by: Actor = CLERK, **more: Any) -> cases.Answer:
    return cases.send_message(name="papers", key=key, by=by, at=AT, **more)


# The case


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


# Messages


def test_a_message_from_outside_that_nobody_awaits_opens_a_case() -> None:
    begun_by("audit", start(message()), head=MESSAGE)
    answer = send(payload={"amount": 5, "matter": "x", "cause": "x"})
    assert answer.code == "opened"
    assert opened("audit") == [answer.number]
    assert open_tasks(answer.number) == ["t"]
    assert variables(answer.number) | {"cause": None} == {
        "amount": 5,
        "matter": "audit",
        "cause": None,
    }
    assert cause(answer.number) == {
        "kind": "message",
        "name": "papers",
        "key": "7",
        "case": "",
        "at": AT.isoformat(),
    }
    row = FlowMessage.objects.get()
    assert (row.state, row.to_case and row.to_case.number) == ("opened", answer.number)
    told = Entry.objects.get(kind="case.opened")
    assert (told.actor_account, told.facts["cause"], told.facts["name"]) == (
        *("clerk", "message"),
        "papers",
    )
    assert cases.carry_messages(at=AT) == 0


def test_a_message_thrown_by_another_case_opens_one() -> None:
    begun_by("audit", start(message()), head=MESSAGE)
    sends = publish(
        "sends", ENDS + f'<sendTask id="x" messageRef="m" {ORDER}/>', "s>x x>e", head=MESSAGE
    )
    sender = begin(sends, order="7")
    assert opened("audit") == []
    assert cases.carry_messages(at=AT) == 1
    assert cases.carry_messages(at=AT) == 0
    (number,) = opened("audit")
    assert (cause(number)["case"], cause(number)["key"]) == (sender, "7")
    assert Entry.objects.get(kind="case.opened").actor_kind == "system"
    assert FlowMessage.objects.get().state == "opened"


def test_the_next_of_the_same_key_goes_to_the_case_that_awaits_it_else_it_opens_another() -> None:
    waits = catch("t", message(), more='shuzheng:correlation="cause.key"')
    begun_by("audit", start(message()), head=MESSAGE, task=waits)
    first = send("7")
    assert (first.code, places(first.number)) == ("opened", ["t"])
    other = send("8")
    assert (other.code, len(opened("audit"))) == ("opened", 2)
    assert send("7") == cases.Answer("delivered", first.number)
    assert Case.objects.get(number=first.number).state == State.CLOSED
    assert send("7").code == "opened"
    assert len(opened("audit")) == 3


def test_two_thrown_at_once_with_one_key_open_one_case_that_gets_the_second() -> None:
    waits = catch("t", message(), more='shuzheng:correlation="cause.key"')
    begun_by("audit", start(message()), head=MESSAGE, task=waits)
    sends = publish(
        "sends", ENDS + f'<sendTask id="x" messageRef="m" {ORDER}/>', "s>x x>e", head=MESSAGE
    )
    begin(sends, order="7")
    begin(sends, order="7")
    while cases.carry_messages(at=AT):
        pass
    (number,) = opened("audit")
    assert Case.objects.get(number=number).state == State.CLOSED
    states = FlowMessage.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["opened", "delivered"]


def test_a_message_sent_again_under_its_reference_opens_nothing_more() -> None:
    begun_by("audit", start(message()), head=MESSAGE)
    first = send(reference="A-1")
    assert send(reference="A-1") == first
    assert send(reference="A-2").number != first.number
    assert len(opened("audit")) == 2
    kept = cases.send_message(name="unknown", key="1", reference="A-3", by=CLERK, at=AT)
    again = cases.send_message(name="unknown", key="1", reference="A-3", by=CLERK, at=AT)
    assert (kept.code, again.code) == ("kept", "kept")
    assert FlowMessage.objects.count() == 3


def test_who_may_not_send_messages_opens_nothing() -> None:
    begun_by("audit", start(message()), head=MESSAGE)
    refuses(PostLacksPermission, send, by=on_post("market.chief"))


def test_what_was_kept_before_the_flow_came_in_force_opens_nothing() -> None:
    assert send().code == "kept"
    begun_by("audit", start(message()), head=MESSAGE)
    assert cases.carry_messages(at=AT) == 0
    assert cases.carry_messages(at=AT + KEPT_FOR) == 1
    assert (opened("audit"), FlowMessage.objects.get().state) == ([], "expired")


def test_a_flow_that_was_withdrawn_and_a_matter_not_yet_in_force_begin_nothing() -> None:
    begun_by("audit", start(message()), head=MESSAGE)
    take_back(key="audit", by=BY, at=AT)
    begun_by("later", start(message()), head=MESSAGE, valid_from=date(2027, 1, 1))
    assert send().code == "kept"
    assert (opened("audit"), opened("later")) == ([], [])


def test_a_flow_that_cannot_begin_says_so_once_and_is_tried_again() -> None:
    begun_by(
        "audit",
        start(message()),
        head=MESSAGE,
        task=TASK.replace("supervise:open_restaurant", "do:nothing"),
    )
    sends = publish("sends", ENDS + '<sendTask id="x" messageRef="m"/>', "s>x x>e", head=MESSAGE)
    begin(sends)
    refuses(PostMissing, send)
    assert cases.carry_messages(at=AT) == 0
    later = AT + timedelta(minutes=2)
    assert cases.carry_messages(at=later) == 0
    assert opened("audit") == []
    told = Entry.objects.get(kind="flow.not_begun")
    assert told.facts["matter"] == "audit"
    assert (told.facts["cause"], told.facts["code"]) == ("message", "no-post-for-duty")
    begun_by("audit", start(message()), head=MESSAGE)
    assert cases.carry_messages(at=later + timedelta(minutes=3)) == 1
    assert len(opened("audit")) == 1


# Signals


def test_a_signal_opens_one_case_of_every_flow_that_begins_with_it() -> None:
    for key in ("flood", "shelter"):
        begun_by(key, start(signal()), head=SIGNAL)
    begun_by("other", start(message()), head=MESSAGE)
    waiting = publish("waits", ENDS + catch("w", signal()), "s>w w>e", head=SIGNAL)
    waiter = begin(waiting)
    thrower = f'<intermediateThrowEvent id="x">{signal()}</intermediateThrowEvent>'
    calling = publish("calls", ENDS + thrower, "s>x x>e", head=SIGNAL)
    number = begin(calling)
    assert Entry.objects.get(kind="flow.signal_sent").facts == {"name": "storm", "count": 3}
    assert cases.carry_messages(at=AT) == 3
    assert cases.carry_messages(at=AT) == 0
    assert (len(opened("flood")), len(opened("shelter")), opened("other")) == (1, 1, [])
    (flood,) = opened("flood")
    assert (cause(flood)["kind"], cause(flood)["case"]) == ("signal", number)
    assert places(waiter) == []


def test_a_case_does_not_open_another_of_its_matter_by_its_own_signal() -> None:
    thrower = f'<intermediateThrowEvent id="t">{signal()}</intermediateThrowEvent>'
    begun_by(
        "echo", start(signal()) + start(message(), key="m1"), head=SIGNAL + MESSAGE, task=thrower
    )
    send()
    cases.carry_messages(at=AT)
    assert len(opened("echo")) == 1


# Timers


def fire(at: Any = AT) -> int:
    return cases.fire_starts(at=at)


def next_at(key: str) -> Any:
    return TimerStart.objects.get(matter=key).next_at


def test_a_cycle_begins_its_flow_each_time_as_often_as_drawn() -> None:
    begun_by("check", start(timer("timeCycle", "R2/P1D")))
    assert fire() == 0
    assert next_at("check") == AT + DAY
    assert fire(AT + DAY) == 1
    assert fire(AT + DAY) == 0
    assert fire(AT + 2 * DAY) == 1
    assert next_at("check") is None
    assert fire(AT + 9 * DAY) == 0
    first, second = opened("check")
    assert cause(first) == {
        "kind": "timer",
        "name": "R2/P1D",
        "key": "",
        "case": "",
        "at": (AT + DAY).isoformat(),
    }
    assert open_tasks(second) == ["t"]


def test_a_month_begins_its_flow_every_month() -> None:
    begun_by("check", start(timer("timeCycle", "R/P1M")))
    moments = [AT.replace(month=12), AT.replace(year=2027, month=1), AT.replace(year=2027, month=2)]
    assert [fire(each) for each in moments] == [1, 1, 1]
    assert next_at("check") == AT.replace(year=2027, month=3)


def test_moments_missed_while_the_house_was_down_begin_one_case() -> None:
    begun_by("check", start(timer("timeCycle", "R/P1D")))
    fire()
    assert fire(AT + 10 * DAY + timedelta(hours=1)) == 1
    assert next_at("check") == AT + 11 * DAY
    assert len(opened("check")) == 1


def test_a_duration_counts_from_publication_and_a_date_comes_once() -> None:
    begun_by("wait", start(timer("timeDuration", "PT2H")))
    begun_by("day", start(timer("timeDate", "2026-12-01")))
    begun_by("past", start(timer("timeDate", "2026-11-01")))
    assert fire(AT + timedelta(hours=2)) == 1
    assert fire(AT + 30 * DAY) == 1
    assert fire(AT + 60 * DAY) == 0
    assert [len(opened(key)) for key in ("wait", "day", "past")] == [1, 1, 0]


def test_a_new_version_counts_anew_where_it_says_another_time_and_goes_on_where_not() -> None:
    begun_by("check", start(timer("timeCycle", "R/P7D")))
    fire()
    begun_by("check", start(timer("timeCycle", "R/P7D"), more='name="每周"'))
    row = TimerStart.objects.get()
    assert fire(AT + DAY) == 0
    assert (row.next_at, next_at("check")) == (AT + 7 * DAY, AT + 7 * DAY)
    assert TimerStart.objects.get().flow_id != row.flow_id
    begun_by("check", start(timer("timeCycle", "R/P3D")))
    assert fire(AT + DAY) == 0
    assert next_at("check") == AT + 3 * DAY
    assert fire(AT + 3 * DAY) == 1
    (number,) = opened("check")
    assert Case.objects.get(number=number).flow_id == TimerStart.objects.get().flow_id


def test_a_flow_that_was_withdrawn_begins_at_no_timer() -> None:
    begun_by("check", start(timer("timeCycle", "R/P1D")))
    fire()
    take_back(key="check", by=BY, at=AT)
    assert fire(AT + 2 * DAY) == 0
    assert (opened("check"), TimerStart.objects.count()) == ([], 0)


def test_a_matter_not_yet_in_force_counts_from_its_day() -> None:
    begun_by("check", start(timer("timeCycle", "R/P1D")), valid_from=date(2026, 12, 1))
    assert fire(AT + 5 * DAY) == 0
    assert TimerStart.objects.count() == 0
    fire(AT.replace(month=12, day=1))
    assert next_at("check").isoformat() == "2026-12-01T16:00:00+00:00"


def test_a_timer_start_that_cannot_begin_is_told_once_and_holds_up_nobody() -> None:
    bad = TASK.replace("supervise:open_restaurant", "do:nothing")
    begun_by("bad", start(timer("timeDuration", "PT1H")), task=bad)
    begun_by("good", start(timer("timeDuration", "PT2H")))
    fire()
    assert fire(AT + timedelta(hours=2)) == 1
    assert fire(AT + timedelta(hours=3)) == 0
    assert (opened("bad"), len(opened("good"))) == ([], 1)
    assert Entry.objects.filter(kind="flow.not_begun").count() == 1
    begun_by("bad", start(timer("timeDuration", "PT1H")))
    assert fire(AT + timedelta(hours=9)) == 1


def test_a_time_nobody_can_read_is_told_once_and_holds_up_nobody() -> None:
    begun_by("bad", start(timer("timeDuration", "due")))
    begun_by("good", start(timer("timeDuration", "PT1H")))
    fire()
    assert fire(AT + DAY) == 1
    assert (opened("bad"), len(opened("good"))) == ([], 1)
    assert Entry.objects.get(kind="flow.not_begun").facts["code"] == "timer-unreadable"


# Entries and conditions


def notice(**given: Any) -> int:
    return cases.notice_entry(entry=entry(**given), at=AT)


def carried() -> int:
    return cases.carry_messages(at=AT)


def test_an_entry_opens_a_case_of_the_matters_that_say_so_with_the_facts_they_take() -> None:
    begun_by("check", start(""), opened_by=BATCH)
    begun_by("other", start(""), opened_by=[{"entry": "case.delivered"}])
    assert notice(facts={"absent": 3, "dataset": "police", "name": "秘密"}) == 1
    assert carried() == 1
    (number,) = opened("check")
    taken = variables(number)
    assert (taken["absent"], taken["dataset"], "name" in taken) == (3, "police", False)
    assert cause(number)["name"] == "collection.endings_held"
    assert opened("other") == []


def test_the_same_entry_noticed_again_opens_nothing_more() -> None:
    begun_by("check", start(""), opened_by=BATCH)
    one = uuid4()
    for _ in range(3):
        notice(id=one)
        carried()
    assert len(opened("check")) == 1
    notice()
    carried()
    assert len(opened("check")) == 2


def test_a_conditional_start_opens_a_case_for_each_entry_for_which_it_is_true() -> None:
    many = start(condition("absent &gt;= 10"), key="many")
    few = start(condition("absent &gt; 0"), key="few")
    begun_by("check", many + few, opened_by=BATCH)
    assert [notice(facts={"absent": bad}) for bad in (0, 3, 12)] == [0, 1, 1]
    assert carried() == 2
    first, second = (Case.objects.get(number=each) for each in opened("check"))
    began = [each.steps.earliest("pk").told[0] for each in (first, second)]
    assert began == [
        {"e": ["start", "few"], "t": ["few_t"]},
        {"e": ["start", "many"], "t": ["many_t"]},
    ]


def test_a_condition_without_its_fact_is_told_and_opens_nothing() -> None:
    begun_by("check", start(condition("absent &gt; 0")), opened_by=BATCH)
    notice(facts={"absent": "many"})
    assert carried() == 0
    assert opened("check") == []
    told = Entry.objects.get(kind="flow.not_begun")
    assert (told.facts["cause"], told.facts["code"]) == ("entry", ConditionUndecided.code)


def test_what_was_written_before_the_matter_came_in_force_opens_nothing() -> None:
    begun_by("check", start(""), opened_by=BATCH)
    assert notice(at=BEFORE - DAY) == 0
    begun_by(
        "soon", start(""), opened_by=[{"entry": "case.delivered"}], valid_from=date(2027, 1, 1)
    )
    assert notice(kind="case.delivered") == 0
    assert notice(at=BEFORE) == 1


def test_a_flow_of_a_later_version_is_begun_by_what_was_written_before_it() -> None:
    begun_by("check", start(""), opened_by=BATCH)
    written = entry(at=AT - timedelta(minutes=1))
    begun_by("check", start("", more='name="改"'), opened_by=BATCH)
    assert cases.notice_entry(entry=written, at=AT) == 1
    assert carried() == 1


def test_a_matter_is_not_opened_by_its_own_cases_but_by_anothers() -> None:
    begun_by("audit", start(message()), head=MESSAGE)
    begun_by("check", start(""), opened_by=[{"entry": "case.opened"}])
    first = send().number
    assert notice(kind="case.opened", case=first) == 1
    carried()
    (number,) = opened("check")
    assert cause(number)["case"] == first
    assert notice(kind="case.opened", case=number) == 0


def test_progress_says_that_nobody_applied() -> None:
    begun_by("audit", start(message()), head=MESSAGE)
    found = get_progress(send().number, today=TODAY)
    assert found is not None
    assert (found.applicant_person, found.case.applicant_masked) == ("", "")
    assert found.variables["cause"]["kind"] == "message"
