"""Several at once: claimed, or given one opinion; what fails is named; never a ruling."""

import inspect
from functools import partial

import pytest

from shuzheng.infrastructure.access.rules import PostLacksPermission
from shuzheng.support.cases import operations as cases
from shuzheng.support.cases.models import Task
from shuzheng.support.cases.rules import ReasonsMissing, TaskClaimedByOther, TaskNotFound
from shuzheng.support.cases.rules.several import (
    MOST,
    FileNotOpened,
    KindsMixed,
    NothingPicked,
    TooManyPicked,
)
from tests.support.cases.play import (
    AT,
    NOODLES,
    accepted,
    member,
    on_post,
    submitted,
    task,
    wang,
)
from tests.support.cases.refusals import actors, outcomes, refuses

pytestmark = [pytest.mark.usefixtures("city"), pytest.mark.django_db]
REVIEWER = "market.reviewer"


def reviews(count: int) -> list[Task]:
    shops = [member(accepted(wang(), NOODLES), "small_restaurant") for _ in range(count)]
    return [task(shop, "review") for shop in shops]


def test_several_are_claimed_and_what_a_colleague_has_is_named() -> None:
    first, second = (task(submitted(wang(), NOODLES), "receive").pk for _ in range(2))
    cases.claim_task(task_id=second, by=on_post("service.window", "colleague"), at=AT)
    window = on_post("service.window")
    rows = cases.claim_tasks(task_ids=[first, second, 0], by=window, at=AT)
    assert [type(row.refusal) for row in rows] == [type(None), TaskClaimedByOther, TaskNotFound]
    assert Task.objects.get(pk=first).claimed_by == window.account
    assert Task.objects.get(pk=second).claimed_by == "colleague"


def test_one_opinion_goes_to_the_files_that_were_opened_and_to_no_other() -> None:
    opened, unopened = reviews(2)
    reviewer = on_post(REVIEWER)
    cases.open_case(number=opened.case.number, purpose="审查", by=reviewer, at=AT)
    colleague = on_post(REVIEWER, "colleague")
    cases.open_case(number=unopened.case.number, purpose="审查", by=colleague, at=AT)
    rows = cases.review_matters(
        task_ids=[opened.pk, unopened.pk],
        advises_grant=True,
        opinion="材料齐全。",
        by=reviewer,
        at=AT,
    )
    assert [type(row.refusal) for row in rows] == [type(None), FileNotOpened]
    states = {each.pk: Task.objects.get(pk=each.pk).state for each in (opened, unopened)}
    assert states == {opened.pk: "done", unopened.pk: "open"}


def test_nothing_is_told_of_tasks_of_another_post() -> None:
    (review,) = reviews(1)
    other = task(submitted(wang(), NOODLES), "receive")
    reviewer = on_post(REVIEWER)
    cases.open_case(number=review.case.number, purpose="审查", by=reviewer, at=AT)
    claim = partial(cases.claim_tasks, by=reviewer, at=AT)
    advise = partial(cases.review_matters, advises_grant=True, opinion="好", by=reviewer, at=AT)
    for act in (claim, advise):
        done, strange = act(task_ids=[review.pk, other.pk])
        assert (done.number, done.refusal) == (review.case.number, None)
        assert (strange.task, strange.number, type(strange.refusal)) == ("", "", TaskNotFound)
    assert Task.objects.get(pk=other.pk).claimed_by == ""


def test_tasks_that_are_not_alike_get_no_common_opinion() -> None:
    (review,) = reviews(1)
    other = task(accepted(wang(), {**NOODLES, "drains": "public_sewer"}), "joint_visit")
    assert other.post == REVIEWER
    act = partial(cases.review_matters, advises_grant=True, by=on_post(REVIEWER), at=AT)
    refuses(KindsMixed, act, task_ids=[review.pk, other.pk], opinion="好")
    refuses(ReasonsMissing, act, task_ids=[review.pk], opinion=" ")
    refuses(NothingPicked, act, task_ids=[], opinion="好")
    refuses(TooManyPicked, act, task_ids=list(range(MOST + 1)), opinion="好")


def test_who_may_not_do_one_does_not_do_several() -> None:
    (review,) = reviews(1)
    who = {**actors(agent="village.agent", auditor="audit.auditor"), "applicant": wang()}
    acts = {
        "claim": lambda by: cases.claim_tasks(task_ids=[review.pk], by=by, at=AT),
        "review": lambda by: cases.review_matters(
            task_ids=[review.pk], advises_grant=True, opinion="好", by=by, at=AT
        ),
    }
    lacks = dict.fromkeys(who, PostLacksPermission.code)
    assert outcomes(acts, who) == dict.fromkeys(acts, lacks)


def test_nothing_rules_on_several() -> None:
    plural = [
        name
        for name in cases.__all__
        if inspect.isfunction(each := getattr(cases, name))
        and "task_ids" in inspect.signature(each).parameters
    ]
    assert sorted(plural) == ["claim_tasks", "review_matters"]
