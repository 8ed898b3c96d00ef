"""What the guide lets follow: told once with a deadline, handed in, checked, or revoked."""

from datetime import date, datetime, timedelta
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuzheng.infrastructure.access.rules import PostLacksPermission
from shuzheng.infrastructure.journal.queries import list_entries_of_case
from shuzheng.support.cases import operations as cases
from shuzheng.support.cases.models import Attachment, Case, ServiceRequest, Task, ToFollow
from shuzheng.support.cases.rules import (
    CaseNotFound,
    DeadlineInPast,
    MaterialMissing,
    ReasonsMissing,
    State,
    TaskNotFound,
    UnknownMaterial,
)
from shuzheng.support.cases.rules.following import (
    MaterialsToFollow,
    NothingDelivered,
    NothingToFollow,
    ToFollowDeadlineMissing,
    ToFollowDeadlineTooFar,
    ToFollowOver,
    matters_concerned,
    require_deliverable,
)
from shuzheng.support.messages.queries import list_messages
from tests.support.cases.play import (
    AT,
    NOODLES,
    confirm,
    draft,
    member,
    on_post,
    paper,
    progress,
    review,
    rule,
    state,
    task,
    wang,
    work_off,
)
from tests.support.cases.refusals import LI, actors, outcomes, refuses

BY = date(2026, 12, 1)
LATE = AT + timedelta(days=9)
LARGE = {**NOODLES, "floor_area": 400}


@given(st.dates(), st.dates(), st.booleans())
def test_what_follows_is_taken_once_and_by_its_deadline(
    deadline: date, today: date, is_delivered: bool
) -> None:
    act = partial(require_deliverable, number="1", is_delivered=is_delivered, today=today)
    with pytest.raises(NothingToFollow):
        act(deadline_on=None)
    if is_delivered or today > deadline:
        with pytest.raises(NothingToFollow if is_delivered else ToFollowOver):
            act(deadline_on=deadline)
    else:
        act(deadline_on=deadline)


def test_what_the_bundle_asks_for_concerns_all_and_what_a_matter_asks_for_only_it() -> None:
    own, common = {"matters": ["food"]}, {"matters": []}
    assert matters_concerned([own], ["fire", "food"]) == ("food",)
    assert matters_concerned([common], ["fire", "food"]) == ("fire", "food")
    assert matters_concerned([], ["fire", "food"]) == ()


@pytest.mark.usefixtures("city")
@pytest.mark.django_db
class TestInACase:
    def submitted(self) -> str:
        number = draft(wang(), LARGE)
        Attachment.objects.filter(case__number=number, material="safety_rules").delete()
        cases.submit_case(number=number, by=wang(), at=AT)
        return number

    def accepted(self) -> str:
        number = self.submitted()
        cases.accept_case(
            task_id=task(number, "receive").pk,
            to_follow_by=BY,
            by=on_post("service.window"),
            at=AT,
        )
        return number

    def attach(self, number: str, *, at: datetime = AT) -> None:
        cases.attach_to_follow(
            number=number,
            material="safety_rules",
            content=paper(),
            filename="rules.pdf",
            by=wang(),
            at=at,
        )

    def delivered(self) -> str:
        number = self.accepted()
        self.attach(number)
        cases.deliver_to_follow(number=number, by=wang(), at=AT)
        return number

    def settle(self, number: str, *, is_met: bool, reasons: str = "") -> None:
        cases.settle_to_follow(
            task_id=task(number, "to_follow").pk,
            is_met=is_met,
            reasons=reasons,
            by=on_post("service.window"),
            at=LATE,
        )

    def test_the_window_tells_at_once_what_follows_and_until_when(self) -> None:
        number = self.accepted()
        work_off(AT + timedelta(seconds=1))
        assert state(number) == State.ACCEPTED
        (row,) = ToFollow.objects.all()
        assert row.materials == [
            {"key": "safety_rules", "name": "食品安全管理制度", "matters": ["food_licence"]}
        ]
        titles = [each.title for each in list_messages(person=wang().person)]
        assert "请于2026年12月1日前补交食品安全管理制度" in titles

    def test_without_a_deadline_nothing_is_accepted(self) -> None:
        number = self.submitted()
        act = partial(
            cases.accept_case,
            task_id=task(number, "receive").pk,
            by=on_post("service.window"),
            at=AT,
        )
        refuses(ToFollowDeadlineMissing, act)
        refuses(DeadlineInPast, act, to_follow_by=AT.date())
        refuses(ToFollowDeadlineTooFar, act, to_follow_by=date(2226, 12, 1))
        assert state(number) == State.SUBMITTED

    def test_a_main_material_never_follows(self) -> None:
        number = self.submitted()
        Attachment.objects.filter(case__number=number, material="layout_plan").delete()
        refuses(
            MaterialMissing,
            cases.accept_case,
            task_id=task(number, "receive").pk,
            to_follow_by=BY,
            by=on_post("service.window"),
            at=AT,
        )

    def test_what_followed_in_order_lets_the_matter_be_granted(self) -> None:
        number = self.delivered()
        self.settle(number, is_met=True)
        assert progress(number).to_follow is not None
        assert progress(number).to_follow["outcome"] == "met"  # type: ignore[index]
        assert state(number) == State.ACCEPTED

    def test_nothing_is_granted_while_its_material_is_to_follow(self) -> None:
        number = self.accepted()
        food = member(number, "food_licence")
        visit = Task.objects.filter(case__number=number, element="joint_visit", state="open")
        for each in visit:
            cases.record_visit(
                task_id=each.pk,
                visited_on=AT.date(),
                participants=["甲", "乙"],
                findings={},
                by=on_post(each.post),
                at=AT,
            )
            confirm(number)
        review(food)
        act = {"task_id": task(food, "rule").pk, "by": on_post("market.chief"), "at": AT}
        refuses(MaterialsToFollow, cases.rule_matter, is_granted=True, reasons="", **act)
        rule(food, is_granted=False, reasons="不符合条件")
        assert state(food) == State.CLOSED

    def test_what_does_not_come_in_time_falls_by_a_persons_act_and_the_others_go_on(self) -> None:
        number = self.accepted()
        assert cases.open_overdue_to_follow(at=AT + timedelta(days=8)) == 0
        assert cases.open_overdue_to_follow(at=LATE) == 1
        assert cases.open_overdue_to_follow(at=LATE) == 0
        found = task(number, "to_follow")
        assert (found.post, found.name) == ("service.window", "容缺材料逾期未补交")
        act = {"task_id": found.pk, "by": on_post("service.window"), "at": LATE}
        refuses(NothingDelivered, cases.settle_to_follow, is_met=True, reasons="", **act)
        refuses(ReasonsMissing, cases.settle_to_follow, is_met=False, reasons=" ", **act)
        food, fire = member(number, "food_licence"), member(number, "fire_inspection")
        self.settle(number, is_met=False, reasons="逾期未补交食品安全管理制度")
        assert state(food) == State.ACCEPTANCE_REVOKED
        assert (state(fire), state(number)) == (State.ACCEPTED, State.ACCEPTED)
        assert "food_licence" not in progress(number).matters
        assert not Task.objects.filter(case__number=food, state="open")
        request = ServiceRequest.objects.get(case__number=number, token__startswith="acceptance_r")
        assert request.operation == "documents.issue"
        kinds = [each.kind for each in list_entries_of_case(number)]
        assert kinds.count("case.acceptance_revoked") == 1
        work_off(LATE + timedelta(seconds=1))
        titles = [each.title for each in list_messages(person=wang().person)]
        assert "已撤销受理：食品经营许可(餐饮服务)" in titles

    def test_where_all_rests_on_what_is_missing_the_whole_acceptance_falls(self) -> None:
        number = self.accepted()
        root = Case.objects.get(number=number)
        ToFollow.objects.filter(case=root).update(
            materials=[{"key": "safety_rules", "name": "食品安全管理制度", "matters": []}]
        )
        cases.open_overdue_to_follow(at=LATE)
        self.settle(number, is_met=False, reasons="逾期未补交")
        assert state(number) == State.ACCEPTANCE_REVOKED
        assert {each.case.state for each in progress(number).members} == {"acceptance_revoked"}
        assert not Task.objects.filter(case__root=root, state="open")

    def test_it_is_handed_in_whole_once_and_in_time(self) -> None:
        number = self.accepted()
        act = partial(cases.deliver_to_follow, number=number, by=wang())
        refuses(MaterialMissing, act, at=AT)
        refuses(ToFollowOver, act, at=LATE)
        self.attach(number)
        act(at=AT)
        refuses(NothingToFollow, act, at=AT)

    def test_only_what_was_told_may_follow(self) -> None:
        number = self.accepted()
        give = partial(cases.attach_to_follow, number=number, content=paper(), filename="a.pdf")
        refuses(UnknownMaterial, give, material="layout_plan", by=wang(), at=AT)
        refuses(ToFollowOver, give, material="safety_rules", by=wang(), at=LATE)

    def test_who_may_not(self) -> None:
        number = self.delivered()
        found = task(number, "to_follow")
        who = actors(agent="village.agent", market="market.reviewer", chief="market.chief")
        acts = {
            "attach": lambda by: cases.attach_to_follow(
                number=number,
                material="safety_rules",
                content=paper(),
                filename="a.pdf",
                by=by,
                at=AT,
            ),
            "deliver": lambda by: cases.deliver_to_follow(number=number, by=by, at=AT),
            "settle": lambda by: cases.settle_to_follow(
                task_id=found.pk, is_met=True, reasons="", by=by, at=AT
            ),
        }
        assert outcomes(acts, who) == {
            "attach": dict.fromkeys(who, CaseNotFound.code),
            "deliver": dict.fromkeys(who, CaseNotFound.code),
            "settle": dict.fromkeys(who, PostLacksPermission.code),
        }
        refuses(
            TaskNotFound,
            cases.settle_to_follow,
            task_id=found.pk,
            is_met=True,
            reasons="",
            by=on_post("service.supervisor"),
            at=AT,
        )
        refuses(CaseNotFound, cases.deliver_to_follow, number=number, by=LI, at=AT)
