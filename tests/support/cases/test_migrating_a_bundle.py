"""A restaurant's bundle and its members change versions on the way, and it opens all the same."""

import pytest
from django.conf import settings

from shuzheng.infrastructure.access.rules import system
from shuzheng.support.cases import operations as cases
from shuzheng.support.cases import queries
from shuzheng.support.cases.models import Case
from shuzheng.support.cases.rules import State
from shuzheng.support.workflow.operations import put_version
from shuzheng.support.workflow.queries import get_flow
from tests.support.cases.flows import check_replay, complete, open_tasks
from tests.support.cases.play import (
    AT,
    RESTAURANT,
    accepted,
    confirm,
    member,
    on_post,
    review,
    rule,
    state,
    task,
    wang,
    work_off,
)

pytestmark = [pytest.mark.usefixtures("city"), pytest.mark.django_db]
FLOWS = settings.PROJECT_FOLDER / "cities" / "quzhou" / "flows"
COUNTERSIGN = (
    '<bpmn:userTask id="countersign" name="复核" shuzheng:duty="supervise:open_restaurant"/>'
    '<bpmn:sequenceFlow id="countersign_to_rule" sourceRef="countersign" targetRef="rule"/>'
)


def change(key: str, *changes: tuple[str, str]) -> int:
    """Publish a changed drawing of the city and migrate what runs under it; return the number."""
    text = (FLOWS / f"{key}.bpmn").read_text()
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    by = system("tests")
    version = put_version(key=key, title=key, xml=text.encode(), by=by, at=AT)
    migration = cases.open_migration(version=version, reasons="增加复核", by=by, at=AT)
    while cases.migrate_batch(migration=migration, at=AT):
        pass
    return migration


def test_a_bundle_and_its_members_move_apart_and_end_together() -> None:
    number = accepted(wang(), RESTAURANT)
    rule(member(number, "business_registration"))
    drainage = member(number, "drainage_permit")
    moved = change(
        "reviewed_matter",
        ('sourceRef="review" targetRef="rule"', 'sourceRef="review" targetRef="countersign"'),
        ("</bpmn:process>", f"{COUNTERSIGN}</bpmn:process>"),
    )
    assert (queries.get_migration(moved).moved, queries.get_migration(moved).stays) == (1, 0)
    assert Case.objects.get(number=drainage).flow_id == get_flow("reviewed_matter").id
    moved = change("open_restaurant", ('name="开饭店一件事"', 'name="开饭店一件事（新）"'))
    assert (queries.get_migration(moved).moved, queries.get_migration(moved).stays) == (1, 0)
    root = Case.objects.get(number=number)
    assert (root.flow_id, root.members.count()) == (get_flow("open_restaurant").id, 4)

    rule(member(number, "fire_inspection"))
    visit = task(number, "joint_visit")
    cases.record_visit(
        task_id=visit.pk,
        visited_on=AT.date(),
        participants=["市场监管 赵一", "住建 钱二"],
        findings={"food_licence": "布局符合要求", "drainage_permit": "隔油池已建"},
        by=on_post(visit.post),
        at=AT,
    )
    confirm(number)
    review(member(number, "food_licence"))
    rule(member(number, "food_licence"))
    review(drainage)
    assert open_tasks(drainage) == ["countersign"]
    complete(drainage, "countersign")
    rule(drainage)
    work_off()
    assert state(number) == State.CLOSED
    check_replay(*Case.objects.values_list("number", flat=True))
