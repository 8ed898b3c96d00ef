"""Who rules is told before, not after, that a material of the matter is still to follow."""

from datetime import date

import pytest

from shuzheng.support.cases import operations as cases
from shuzheng.support.cases.models import Attachment, Task
from tests.applications.browsers import official, words
from tests.support.cases.play import (
    AT,
    NOODLES,
    confirm,
    draft,
    member,
    on_post,
    review,
    task,
    wang,
)

pytestmark = [pytest.mark.usefixtures("city"), pytest.mark.django_db]
OWED = "容缺材料（食品安全管理制度）还没有补齐、核对，现在不能准予"


def accepted_without_safety_rules() -> str:
    number = draft(wang(), {**NOODLES, "floor_area": 400})
    Attachment.objects.filter(case__number=number, material="safety_rules").delete()
    cases.submit_case(number=number, by=wang(), at=AT)
    window = on_post("service.window")
    receive = task(number, "receive").pk
    cases.accept_case(task_id=receive, to_follow_by=date(2026, 12, 1), by=window, at=AT)
    return number


def test_who_rules_reads_what_is_owed() -> None:
    number = accepted_without_safety_rules()
    food, fire = member(number, "food_licence"), member(number, "fire_inspection")
    for each in Task.objects.filter(case__number=number, element="joint_visit", state="open"):
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
    assert OWED in words(official("marketchief").get(f"/desk/tasks/{task(food, 'rule').pk}/"))
    assert OWED not in words(official("firechief").get(f"/desk/tasks/{task(fire, 'rule').pk}/"))
