"""A file is open to whom the duty needs it, as far as it needs it, and as long."""

from datetime import timedelta

import pytest

from shuzheng.support.cases import operations as cases
from shuzheng.support.cases.models import Task
from shuzheng.support.cases.operations.handling.tasks import escalate_overdue
from shuzheng.support.cases.rules import CaseNotFound
from tests.support.cases.play import (
    AT,
    NOODLES,
    RESTAURANT,
    accepted,
    draft,
    on_post,
    submitted,
    wang,
)
from tests.support.cases.refusals import refuses

pytestmark = [pytest.mark.usefixtures("city"), pytest.mark.django_db]


def opened(number: str, post: str) -> cases.CaseFile:
    return cases.open_case(number=number, purpose="办理", by=on_post(post), at=AT)


def test_a_department_sees_what_all_share_and_what_its_own_matters_ask() -> None:
    number = accepted(wang(), RESTAURANT)
    fire, whole = opened(number, "fire.reviewer"), opened(number, "service.window")
    assert {"manager_name", "grease_trap_cubic_metres", "fire_exits"} <= set(whole.form.values)
    assert "fire_exits" in fire.form.values
    assert fire.form.values["business_name"] == whole.form.values["business_name"]
    assert not {"manager_name", "grease_trap_cubic_metres"} & set(fire.form.values)
    assert not {"manager_name", "grease_trap_cubic_metres"} & set(fire.schema["properties"])


def test_a_department_opens_the_materials_of_its_own_matters_only() -> None:
    number = accepted(wang(), RESTAURANT)
    fire, whole = opened(number, "fire.reviewer"), opened(number, "service.window")
    own = {each.key for each in fire.materials}
    assert {each.material for each in fire.files} == own
    others = [each for each in whole.files if each.material not in own]
    assert others
    for each in others:
        refuses(
            CaseNotFound,
            cases.open_attachment,
            number=number,
            material=each.material,
            sha256=each.sha256,
            purpose="办理",
            by=on_post("fire.reviewer"),
            at=AT,
        )


def test_a_leader_opens_a_file_once_a_task_of_it_was_raised_to_them() -> None:
    number = accepted(wang(), RESTAURANT)
    read = {"number": number, "purpose": "督办", "by": on_post("government.leader"), "at": AT}
    refuses(CaseNotFound, cases.open_case, **read)
    late = Task.objects.filter(post="fire.chief", state="open").first()
    assert late is not None
    Task.objects.filter(pk=late.pk).update(due_on=(AT - timedelta(days=9)).date())
    escalate_overdue(at=AT)
    assert "fire_exits" in cases.open_case(**read).form.values
    assert "grease_trap_cubic_metres" not in cases.open_case(**read).form.values


def test_an_auditor_opens_no_draft_that_its_applicant_keeps_alone() -> None:
    read = {"purpose": "审计", "by": on_post("audit.auditor"), "at": AT}
    refuses(CaseNotFound, cases.open_case, number=draft(wang(), NOODLES), **read)
    assert cases.open_case(number=submitted(wang(), NOODLES), **read).form.values
    helped = cases.start_draft(
        bundle="open_restaurant",
        applicant=wang().person,
        applicant_name="王小明",
        by=on_post("village.agent"),
        at=AT,
    )
    assert cases.open_case(number=helped, **read).number == helped


def test_a_helper_follows_the_case_to_its_end_and_no_further() -> None:
    agent = on_post("village.agent")
    helped = cases.start_draft(
        bundle="open_restaurant",
        applicant=wang().person,
        applicant_name="王小明",
        by=agent,
        at=AT,
    )
    read = {"number": helped, "purpose": "代申请人填写", "by": agent, "at": AT}
    assert cases.open_case(**read).number == helped
    cases.withdraw_case(number=helped, by=wang(), at=AT)
    refuses(CaseNotFound, cases.open_case, **read)
