"""Work of a post nobody holds is shown to the nearest post above that somebody holds, once."""

from datetime import date, timedelta

import pytest

from shuzheng.infrastructure.journal.queries import list_entries_of_case
from shuzheng.institutions.people.models import Assignment, Staff
from shuzheng.support.cases import operations as cases
from shuzheng.support.cases import queries
from shuzheng.support.cases.jobs import raise_what_nobody_sees
from shuzheng.support.cases.models import Task
from shuzheng.support.cases.queries import VacantPost
from shuzheng.support.identity.models import Account, Acting
from shuzheng.support.identity.queries import held_among, list_held_posts
from shuzheng.support.messages.queries import list_messages
from tests.support.cases.play import (
    AT,
    NOODLES,
    TODAY,
    on_post,
    submitted,
    task,
    wang,
    work_off,
)
from tests.support.cases.refusals import nothing_changes
from tests.support.cases.test_handing_over import account_of

pytestmark = [pytest.mark.usefixtures("city"), pytest.mark.django_db]
LATE = AT + timedelta(days=30)


def raised_to(pk: int) -> str:
    return Task.objects.get(pk=pk).escalated_to


def vacancies(number: str) -> list[tuple[str, str]]:
    entries = list_entries_of_case(number)
    return [
        (each.facts["from_post"], each.facts["post"])
        for each in entries
        if each.kind == "task.post_vacant"
    ]


def waiting() -> Task:
    """A task of the window, which nobody holds."""
    return task(submitted(wang(), NOODLES), "receive")


def test_a_task_of_a_post_nobody_holds_opens_and_is_shown_to_the_post_above_once() -> None:
    account_of("QZ0003", "徐文澜")
    found = waiting()
    number = found.case.number
    assert (found.state, found.post, found.escalated_to) == ("open", "service.window", "")
    assert cases.raise_vacant(at=AT) == 1
    with nothing_changes():
        assert cases.raise_vacant(at=AT) == 0
        assert cases.raise_vacant(at=LATE) == 0
    assert raised_to(found.pk) == "service.supervisor"
    assert vacancies(number) == [("service.window", "service.supervisor")]
    shown = queries.list_inbox(post="service.supervisor", today=TODAY)
    assert [(row.id, row.is_escalated) for row in shown] == [(found.pk, True)]
    cases.claim_task(task_id=found.pk, by=on_post("service.supervisor"), at=AT)
    work_off()
    told = [row.title for row in list_messages(post="service.supervisor")]
    assert told.count(f"岗位暂无人员：开饭店一件事 {number}") == 1


def test_the_nearest_post_that_somebody_holds_is_found_over_empty_ones() -> None:
    account_of("QZ0018", "舒望之")
    assert list_held_posts(at=AT) == {"government.leader"}
    found = waiting()
    assert cases.raise_vacant(at=AT) == 1
    assert raised_to(found.pk) == "government.leader"


def test_with_nobody_above_it_stays_and_is_listed_until_somebody_comes() -> None:
    found = waiting()
    with nothing_changes():
        assert cases.raise_vacant(at=AT) == 0
    row = VacantPost("service.window", "", 1, found.due_on)
    assert queries.list_vacant_posts(at=AT) == (row,)
    assert queries.list_vacant_posts(at=AT, posts=["market.reviewer"]) == ()
    account_of("QZ0003", "徐文澜")
    assert cases.raise_vacant(at=AT) == 1
    row = VacantPost("service.window", "service.supervisor", 1, found.due_on)
    assert queries.list_vacant_posts(at=AT, posts=["service.window"]) == (row,)


def test_a_post_that_empties_later_gives_its_open_work_and_is_normal_when_held_again() -> None:
    account_of("QZ0003", "徐文澜")
    account_of("QZ0001", "周晓岚")
    first = waiting()
    with nothing_changes():
        assert cases.raise_vacant(at=AT) == 0
    assert queries.list_vacant_posts(at=AT) == ()
    Assignment.objects.filter(staff__number="QZ0001").update(to_on=date(2026, 11, 23))
    tomorrow = AT + timedelta(days=1)
    assert cases.raise_vacant(at=AT) == 0
    assert cases.raise_vacant(at=tomorrow) == 1
    account_of("QZ0002", "方以宁")
    second = waiting()
    assert cases.raise_vacant(at=tomorrow) == 0
    assert (raised_to(first.pk), raised_to(second.pk)) == ("service.supervisor", "")
    assert queries.list_vacant_posts(at=tomorrow) == ()


def test_a_closed_account_holds_no_post_and_who_stands_in_does() -> None:
    window, giver = account_of("QZ0001", "周晓岚"), account_of("QZ0003", "徐文澜")
    Account.objects.filter(public_id=window).update(is_active=False)
    found = waiting()
    until = AT + timedelta(days=2)
    colleague = Account.objects.get(public_id=account_of("QZ0004", "郑知远"))
    staff = Staff.objects.get(number="QZ0004")
    Assignment.objects.create(staff=staff, post="service.supervisor", from_on=date(2026, 1, 1))
    Account.objects.filter(pk=colleague.pk).update(acting_until=until)
    Acting.objects.create(
        post="service.window",
        holder=colleague,
        giver=giver,
        giver_name="徐文澜",
        giver_post="service.supervisor",
        from_at=AT,
        to_at=until,
        reasons="年休假",
        named_at=AT,
    )
    assert "service.window" in list_held_posts(at=AT)
    assert held_among(["service.window", "fire.chief"], at=AT) == {"service.window"}
    assert cases.raise_vacant(at=AT) == 0
    assert "service.window" not in list_held_posts(at=until)
    assert held_among(["service.window"], at=until) == frozenset()
    assert cases.raise_vacant(at=until) == 1
    assert raised_to(found.pk) == "service.supervisor"


def test_what_was_raised_to_a_post_that_empties_goes_further_up() -> None:
    supervisor = account_of("QZ0003", "徐文澜")
    account_of("QZ0018", "舒望之")
    found = waiting()
    assert cases.raise_vacant(at=AT) == 1
    Account.objects.filter(public_id=supervisor).update(is_active=False)
    assert cases.raise_vacant(at=AT) == 1
    assert vacancies(found.case.number) == [
        ("service.window", "service.supervisor"),
        ("service.window", "government.leader"),
    ]


def test_work_escalated_to_nobody_because_it_was_late_is_not_lost_either() -> None:
    found = waiting()
    Task.objects.filter(pk=found.pk).update(escalated_to="-")
    account_of("QZ0003", "徐文澜")
    assert cases.raise_vacant(at=AT) == 1
    assert raised_to(found.pk) == "service.supervisor"


def test_what_is_done_or_the_applicants_is_left_alone() -> None:
    account_of("QZ0003", "徐文澜")
    done, asked = waiting(), waiting()
    Task.objects.filter(pk=done.pk).update(state="done")
    Task.objects.filter(pk=asked.pk).update(for_applicant=True)
    with nothing_changes():
        assert cases.raise_vacant(at=AT) == 0
    assert queries.list_vacant_posts(at=AT) == ()


def test_the_job_raises_in_batches_until_nothing_is_left() -> None:
    account_of("QZ0003", "徐文澜")
    found = [waiting() for _ in range(3)]
    assert cases.raise_vacant(at=AT, limit=2) == 2
    raise_what_nobody_sees(timestamp=0)
    assert {raised_to(each.pk) for each in found} == {"service.supervisor"}


def test_work_no_post_has_the_duty_for_is_listed() -> None:
    found = waiting()
    Task.objects.filter(pk=found.pk).update(post="")
    assert cases.raise_vacant(at=AT) == 0
    assert queries.list_vacant_posts(at=AT) == (VacantPost("", "", 1, found.due_on),)
