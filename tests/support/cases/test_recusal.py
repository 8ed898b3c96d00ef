"""Who has a stake steps back: asked for, decided by the head, told, and held to afterwards."""

from collections.abc import Callable
from functools import partial

import pytest

from shuzheng.infrastructure.access.rules import Actor, PostLacksPermission, system
from shuzheng.infrastructure.journal.queries import list_entries_of_case
from shuzheng.support.cases import operations as cases
from shuzheng.support.cases.models import Recusal, Task
from shuzheng.support.cases.queries.recusal import list_handlers, list_recusals_of_case
from shuzheng.support.cases.rules import CaseNotFound, ReasonsMissing
from shuzheng.support.cases.rules.recusal import (
    NobodyHandles,
    NoSuchRecusal,
    OwnRecusal,
    RecusalAskedBefore,
    Recused,
)
from shuzheng.support.identity.operations import create_account
from shuzheng.support.messages.queries import list_messages
from tests.support.cases.play import AT, NOODLES, accepted, member, on_post, task, wang, work_off
from tests.support.cases.refusals import LI, actors, outcomes, refuses

pytestmark = [pytest.mark.usefixtures("city"), pytest.mark.django_db]
GROUNDS = "申请人是我的表兄"


def reviewing() -> tuple[str, Task, Actor]:
    number = accepted(wang(), NOODLES)
    shop = member(number, "small_restaurant")
    found, reviewer = task(shop, "review"), on_post("market.reviewer")
    cases.claim_task(task_id=found.pk, by=reviewer, at=AT)
    return shop, found, reviewer


def decide(recusal: int, by: Actor, *, is_granted: bool = True) -> None:
    cases.decide_recusal(recusal=recusal, is_granted=is_granted, reasons="情况属实", by=by, at=AT)


def recused() -> tuple[str, Task, Actor]:
    shop, found, reviewer = reviewing()
    asked = cases.ask_own_recusal(number=shop, grounds=GROUNDS, by=reviewer, at=AT)
    decide(asked, on_post("market.chief"))
    return shop, found, reviewer


def test_who_is_recused_gives_back_the_task_and_has_no_part_any_more() -> None:
    shop, found, reviewer = recused()
    assert Task.objects.get(pk=found.pk).claimed_by == ""
    given = {"task_id": found.pk, "at": AT, "by": reviewer}
    refuses(Recused, cases.claim_task, **given)
    refuses(Recused, cases.review_matter, **given, advises_grant=True, opinion="可以")
    refuses(CaseNotFound, cases.open_case, number=shop, purpose="看看", by=reviewer, at=AT)
    suspend = partial(cases.suspend_clock, number=shop, kind="testing", reason="取样", at=AT)
    refuses(Recused, suspend, by=reviewer)
    colleague = on_post("market.reviewer", "colleague")
    cases.review_matter(task_id=found.pk, advises_grant=True, opinion="可以", by=colleague, at=AT)


def test_until_it_is_decided_the_case_goes_on() -> None:
    shop, found, reviewer = reviewing()
    cases.ask_own_recusal(number=shop, grounds=GROUNDS, by=reviewer, at=AT)
    cases.review_matter(task_id=found.pk, advises_grant=True, opinion="可以", by=reviewer, at=AT)
    assert Task.objects.get(pk=found.pk).state == "done"


def test_a_refused_request_changes_nothing_and_may_be_made_again() -> None:
    shop, found, reviewer = reviewing()
    ask = partial(cases.ask_own_recusal, number=shop, grounds=GROUNDS, by=reviewer, at=AT)
    first = ask()
    refuses(RecusalAskedBefore, ask)
    decide(first, on_post("market.chief"), is_granted=False)
    assert Task.objects.get(pk=found.pk).claimed_by == reviewer.account
    assert ask() != first


def test_the_applicant_asks_by_the_handler_and_is_told_the_decision() -> None:
    shop, found, reviewer = reviewing()
    applicant = wang()
    number = Task.objects.get(pk=found.pk).case.root.number
    asked = cases.ask_recusal(
        number=number, task_id=found.pk, grounds="与我有纠纷", by=applicant, at=AT
    )
    assert Recusal.objects.get(pk=asked).account == reviewer.account
    decide(asked, on_post("market.chief"))
    work_off()
    (told,) = [row for row in list_messages(person=applicant.person) if "回避" in row.title]
    assert "不再参与" in told.body
    assert "公务员法" in told.body
    refuses(Recused, cases.claim_task, task_id=found.pk, by=reviewer, at=AT)
    assert shop


def test_a_recusal_is_decided_once_by_the_head_with_reasons_never_by_oneself() -> None:
    shop, _, reviewer = reviewing()
    asked = cases.ask_own_recusal(number=shop, grounds=GROUNDS, by=reviewer, at=AT)
    act = partial(cases.decide_recusal, recusal=asked, is_granted=True, at=AT)
    chief = on_post("market.chief")
    refuses(ReasonsMissing, act, reasons=" ", by=chief)
    oneself = on_post("market.chief", reviewer.account)
    refuses(OwnRecusal, act, reasons="不必", by=oneself)
    act(reasons="情况属实", by=chief)
    refuses(NoSuchRecusal, act, reasons="再来", by=chief)
    kinds = [e.kind for e in list_entries_of_case(shop.rsplit("-", 1)[0])]
    assert kinds.count("recusal.decided") == 1


def test_who_is_not_concerned_neither_asks_nor_decides() -> None:
    shop, found, reviewer = reviewing()
    asked = cases.ask_own_recusal(number=shop, grounds=GROUNDS, by=reviewer, at=AT)
    who = {
        **actors(fire="fire.chief", window="service.window", auditor="audit.auditor"),
        "other citizen": LI,
    }
    lacks, nothing = PostLacksPermission.code, CaseNotFound.code
    acts: dict[str, Callable[[Actor], object]] = {
        "decide": lambda by: decide(asked, by),
        "ask": lambda by: cases.ask_recusal(
            number=shop, task_id=found.pk, grounds="x", by=by, at=AT
        ),
    }
    assert outcomes(acts, who) == {
        "decide": {**dict.fromkeys(who, lacks), "fire": NoSuchRecusal.code},
        "ask": dict.fromkeys(who, nothing),
    }


def test_the_applicant_names_somebody_who_handles_the_case() -> None:
    number = accepted(wang(), NOODLES)
    unclaimed = task(member(number, "small_restaurant"), "review")
    ask = partial(cases.ask_recusal, number=number, grounds="有纠纷", by=wang(), at=AT)
    refuses(NobodyHandles, ask, task_id=unclaimed.pk)
    refuses(NobodyHandles, ask, task_id=0)


def test_who_may_yet_claim_a_task_can_be_asked_to_stand_back() -> None:
    number = accepted(wang(), NOODLES)
    found = task(member(number, "small_restaurant"), "review")
    colleague = create_account(
        username="reviewer",
        display_name="王敏",
        password="shui-ting-men-1988",
        staff_number="QZ0004",
        by=system("tests"),
        at=AT,
    )
    (handler,) = (each for each in list_handlers(number, at=AT) if each.post == found.post)
    account = str(colleague.id)
    assert (handler.name, handler.key) == ("王敏", f"{found.pk}:{account}")
    ask = partial(cases.ask_recusal, number=number, task_id=found.pk, grounds=GROUNDS, at=AT)
    refuses(NobodyHandles, ask, by=wang())
    refuses(NobodyHandles, ask, by=wang(), account="somebody-else")
    ask(by=wang(), account=account)
    row = Recusal.objects.get()
    assert (row.account, row.name, row.post) == (account, "王敏", found.post)


def test_the_note_stands_only_where_the_recused_has_a_part() -> None:
    number = accepted(wang(), {**NOODLES, "floor_area": 400})
    fire, food = member(number, "fire_inspection"), member(number, "food_licence")
    found = task(fire, "rule")
    chief = on_post(found.post)
    cases.claim_task(task_id=found.pk, by=chief, at=AT)
    cases.ask_recusal(number=number, task_id=found.pk, grounds=GROUNDS, by=wang(), at=AT)
    told = {each: len(list_recusals_of_case(each)) for each in (number, fire, food)}
    assert told == {number: 1, fire: 1, food: 0}
