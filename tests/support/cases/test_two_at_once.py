"""Two officials press the same button in the same moment: one of them wins, the other is told."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from threading import Barrier, Thread

import pytest
from django.db import connection

from shuzheng.infrastructure.journal.queries import list_entries_of_case
from shuzheng.policy.refusals import Refusal
from shuzheng.support.cases import operations as cases
from shuzheng.support.cases.models import Case, Ruling, Task
from shuzheng.support.cases.rules import TaskAlreadyDone
from tests.support.cases.play import (
    AT,
    NOODLES,
    RESTAURANT,
    accepted,
    member,
    on_post,
    submitted,
    task,
    wang,
)
from tests.support.cases.play import draft as open_draft
from tests.support.cases.test_handing_over import account_of

pytestmark = [pytest.mark.usefixtures("city"), pytest.mark.django_db(transaction=True)]


def at_once(*acts: Callable[[], object]) -> list[str]:
    """Let each act run in a thread and transaction of its own; returns what became of each."""
    barrier, answers = Barrier(len(acts)), [""] * len(acts)

    def run(position: int, act: Callable[[], object]) -> None:
        try:
            barrier.wait(10)
            act()
            answers[position] = "done"
        except Refusal as refusal:
            answers[position] = refusal.code
        finally:
            connection.close()

    threads = [Thread(target=run, args=each) for each in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return sorted(answers)


def test_what_two_do_at_once_is_done_once() -> None:
    """One test, because the database is emptied after it."""
    _two_rule()
    _two_submit()
    _two_members_end()
    _ruling_meets_withdrawal()
    _two_workers_find_nobody()


def _two_rule() -> None:
    fire = member(accepted(wang(), RESTAURANT), "fire_inspection")
    found = task(fire, "rule")
    answers = at_once(
        *(
            lambda is_granted=is_granted, who=who: cases.rule_matter(
                task_id=found.pk,
                is_granted=is_granted,
                reasons="疏散通道被占用",
                by=on_post("fire.chief", who),
                at=AT,
            )
            for who, is_granted in (("first", True), ("second", False))
        )
    )
    assert answers == ["done", TaskAlreadyDone.code]
    ruling = Ruling.objects.get(case__number=fire)
    assert (Task.objects.get(pk=found.pk).done_by == "first") is ruling.is_granted


def _two_submit() -> None:
    applicant = wang()
    number = open_draft(applicant, NOODLES)
    submit = lambda: cases.submit_case(number=number, by=applicant, at=AT)  # noqa: E731
    assert at_once(submit, submit) == ["done", "done"]
    assert Task.objects.filter(case__number=number, element="receive").count() == 1


def _two_members_end() -> None:
    number = accepted(wang(), {**RESTAURANT, "drains": "property_manager"})
    acts = []
    for matter in ("business_registration", "fire_inspection"):
        found = task(member(number, matter), "rule")
        acts.append(
            lambda found=found: cases.rule_matter(
                task_id=found.pk, is_granted=True, reasons="", by=on_post(found.post), at=AT
            )
        )
    assert at_once(*acts) == ["done", "done"]
    assert Ruling.objects.filter(case__root__number=number).count() == 2


def _ruling_meets_withdrawal() -> None:
    applicant = wang()
    number = accepted(applicant, RESTAURANT)
    fire = member(number, "fire_inspection")
    found = task(fire, "rule")
    answers = at_once(
        lambda: cases.withdraw_case(number=number, by=applicant, at=AT + timedelta(minutes=1)),
        lambda: cases.rule_matter(
            task_id=found.pk, is_granted=True, reasons="", by=on_post("fire.chief"), at=AT
        ),
    )
    assert answers in (["case-state-forbids", "done"], ["done", "done"])
    is_ruled = Ruling.objects.filter(case__number=fire).exists()
    assert Case.objects.get(number=fire).state == ("ruled" if is_ruled else "withdrawn")
    assert Case.objects.get(number=number).state == "withdrawn"


def _two_workers_find_nobody() -> None:
    account_of("QZ0003", "徐文澜")
    number = submitted(wang(), NOODLES)
    raise_all = partial(cases.raise_vacant, at=AT)
    assert at_once(raise_all, raise_all, raise_all) == ["done"] * 3
    told = [each for each in list_entries_of_case(number) if each.kind == "task.post_vacant"]
    assert len(told) == 1
