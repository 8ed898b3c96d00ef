"""A case as it was: flow, tasks, rules and data of any moment, and who may look."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine

from shuzheng.infrastructure.journal.models import Entry
from shuzheng.support.cases import operations as cases
from shuzheng.support.cases.operations.file.looking_back import open_case_at
from shuzheng.support.cases.operations.file.reading import PurposeMissing
from shuzheng.support.cases.queries.past import case_at, list_steps
from shuzheng.support.cases.rules import CaseNotFound
from shuzheng.support.cases.rules.history import HistoryUnknown
from tests.support.cases.drawn import ENDS, user
from tests.support.cases.flows import begin, check_replay, complete, publish
from tests.support.cases.play import (
    AT,
    NOODLES,
    RESTAURANT,
    accepted,
    member,
    on_post,
    review,
    rule,
    submitted,
    task,
    wang,
)
from tests.support.cases.refusals import LI, refuses
from tests.support.cases.test_clocks import drainage

pytestmark = [pytest.mark.usefixtures("city"), pytest.mark.django_db]


def test_a_case_is_seen_as_it_was_after_each_step() -> None:
    number = begin(publish("two", ENDS + user("first", "second"), "s>first first>second second>e"))
    complete(number, "first", at=AT + timedelta(days=1), amount=5)
    complete(number, "second", at=AT + timedelta(days=2), amount=7)
    before, between, after = (case_at(number, AT + timedelta(hours=hours)) for hours in (1, 25, 49))
    assert [each.name for each in before.places] == ["first"]
    assert [each.name for each in between.places] == ["second"]
    assert after.places == ()
    assert [each.name for each in between.tasks] == ["second"]
    amounts = [each.variables.get("amount") for each in (before, between, after)]
    assert amounts == [None, 5, 7]
    assert [each.what for each in list_steps(number)] == [(), ("first",), ("second",)]


def test_the_version_is_that_of_the_moment() -> None:
    number = begin(publish("once", ENDS + user("first"), "s>first first>e"))
    publish("once", ENDS + user("first", "second"), "s>first first>second second>e")
    then = case_at(number, AT)
    assert (then.flow_key, then.flow_version) == ("once", 1)


def test_before_its_flow_began_there_is_nothing_to_see() -> None:
    number = begin(publish("one", ENDS + user("first"), "s>first first>e"))
    with pytest.raises(HistoryUnknown):
        case_at(number, AT - timedelta(seconds=1))
    with pytest.raises(HistoryUnknown):
        case_at("QZ-0000-000000", AT)


def test_a_restaurant_can_be_looked_back_at() -> None:
    number = accepted(wang(), RESTAURANT)
    registration = member(number, "business_registration")
    with time_machine.travel(AT + timedelta(days=1), tick=False):
        rule(registration, at=AT + timedelta(days=1))
    food = member(number, "food_licence")
    cases.record_visit(
        task_id=task(number, "joint_visit").pk,
        visited_on=AT.date(),
        participants=["市场监管 赵一", "住建 钱二"],
        findings={"food_licence": "布局符合要求"},
        by=on_post(task(number, "joint_visit").post),
        at=AT + timedelta(days=2),
    )
    review(food, at=AT + timedelta(days=3))
    check_replay(number, registration, food)
    then = case_at(number, AT)
    assert then.state == "accepted"
    assert registration in {each for each, _ in then.members}
    joins = [(str(each.name), each.came) for each in then.places if each.role == "join"]
    assert len(joins) == len(dict(joins))
    of_members = {(each.title, each.name) for each in then.tasks if each.title}
    assert ("个体工商户、企业设立登记", "作出决定") in of_members
    of_food = case_at(food, AT + timedelta(days=2)).tasks
    assert [(each.title, each.name) for each in of_food] == [("", "审查")]
    assert then.decisions
    assert "visit" not in case_at(food, AT + timedelta(days=1, seconds=30)).variables or (
        case_at(food, AT + timedelta(days=1, seconds=30)).variables["visit"] is None
    )
    assert case_at(food, AT + timedelta(days=2)).variables["visit"]["outcome"] == "visited"


def test_a_due_date_is_that_of_the_moment_though_it_moved_later() -> None:
    number = member(accepted(wang(), {**NOODLES, "drains": "public_sewer"}), "drainage_permit")
    before = case_at(number, AT + timedelta(minutes=1)).dues
    housing = on_post("housing.reviewer")
    day = timedelta(days=1)
    cases.suspend_clock(number=number, kind="testing", reason="检测", by=housing, at=AT + day)
    cases.resume_clock(number=number, result="合格", by=housing, at=AT + 7 * day)
    after = case_at(number, AT + 8 * day).dues
    assert case_at(number, AT + timedelta(minutes=1)).dues == before
    assert [each.kind for each in after] == [each.kind for each in before]
    assert all(later.due_on > due.due_on for later, due in zip(after, before, strict=True))


def test_looking_back_is_a_reading_with_a_purpose_that_the_applicant_sees() -> None:
    applicant = wang()
    number = submitted(applicant, RESTAURANT)
    window = on_post("service.window")
    given = {"number": number, "moment": AT, "at": AT}
    then = open_case_at(**given, purpose="核对办理经过", by=window)
    assert [each.name for each in then.tasks] == ["收件审查"]
    entry = Entry.objects.filter(kind="case.read").latest("arrival")
    assert (entry.purpose, entry.facts["fields"][0]) == ("核对办理经过", "past")
    refuses(PurposeMissing, open_case_at, **given, purpose=" ", by=window)
    refuses(CaseNotFound, open_case_at, **given, purpose="好奇", by=LI)
    refuses(CaseNotFound, open_case_at, **given, purpose="好奇", by=on_post("village.agent"))
    count = Entry.objects.count()
    assert open_case_at(**given, purpose="", by=applicant) == then
    assert Entry.objects.count() == count


def test_looking_back_shows_a_department_no_more_than_the_file_of_today_does() -> None:
    drains = drainage()
    number = drains.rpartition("-")[0]
    shop = member(number, "small_restaurant")
    review(drains)
    given = {"moment": AT, "purpose": "核对办理经过", "at": AT}
    seen = {
        (name, post): set(open_case_at(number=each, by=on_post(post), **given).variables)
        for name, each in (("whole", number), ("shop", shop), ("drains", drains))
        for post in ("housing.reviewer", "service.window", "audit.auditor")
    }
    everything = set(case_at(drains, AT).variables)
    assert {"answers", "review"} <= everything
    assert seen["whole", "housing.reviewer"] == seen["shop", "housing.reviewer"] == set()
    assert seen["drains", "housing.reviewer"] == everything - {"answers"}
    assert seen["drains", "service.window"] == everything - {"review"}
    assert seen["drains", "audit.auditor"] == everything
    assert "answers" in seen["whole", "service.window"]
    entry = Entry.objects.filter(kind="case.read", case=number).latest("arrival")
    assert set(entry.facts["fields"][2:]) == seen["drains", "audit.auditor"]


def test_variables_of_a_running_case_are_written_by_the_runner_alone() -> None:
    """Else the past would not add up; drafts, whose flow has not begun, may."""
    folder = Path(cases.__file__).parent
    writers = {
        path.name
        for path in folder.rglob("*.py")
        if re.search(r"(update_fields=[^)]*|\.update\([^)]*)\bvariables\b", path.read_text())
    }
    assert writers == {"drafts.py"}
