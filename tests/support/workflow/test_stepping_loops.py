"""Tokens in loops and in several instances of a task."""

import pytest

from shuzheng.support.workflow import rules
from shuzheng.support.workflow.rules import (
    CancelChild,
    CloseTask,
    OpenTask,
    StartChild,
    TaskCompleted,
)
from tests.support.workflow.flow_drawing import FORMAL, Case, flow_of
from tests.support.workflow.step_drawing import START_END, tasks

SEVERAL = (
    '<userTask id="review" name="会审"><multiInstanceLoopCharacteristics '
    'isSequential="{sequential}" shuzheng:collection="departments" shuzheng:item="department" '
    'shuzheng:output="opinions"'
    ' shuzheng:outputItem="opinion">{until}</multiInstanceLoopCharacteristics></userTask>'
)


def several(*, sequential: bool = False, until: str = "") -> rules.Flow:
    condition = f"<completionCondition {FORMAL}>{until}</completionCondition>" if until else ""
    body = SEVERAL.format(sequential=str(sequential).lower(), until=condition)
    return flow_of(START_END + body + tasks("next"), "s>review review>next next>e")


def test_parallel_instances_open_one_task_an_item_and_collect_in_order() -> None:
    case = Case(several(), departments=["market", "fire", "housing"])
    opened = case.of(OpenTask)
    assert [task.item for task in opened] == ["market", "fire", "housing"]
    for task in reversed(opened):
        case.tell(TaskCompleted(task.token, {"opinion": task.item + " ok", "note": "x"}))
    assert case.variables["opinions"] == ["market ok", "fire ok", "housing ok"]
    assert "note" not in case.variables
    assert case.places == ["next"]


def test_sequential_instances_open_one_after_the_other() -> None:
    case = Case(several(sequential=True), departments=["market", "fire"])
    assert [task.item for task in case.of(OpenTask)] == ["market"]
    case.tell(TaskCompleted(case.of(OpenTask)[-1].token, {"opinion": 1}))
    assert [task.item for task in case.of(OpenTask)] == ["market", "fire"]
    case.tell(TaskCompleted(case.of(OpenTask)[-1].token, {"opinion": 2}))
    assert case.variables["opinions"] == [1, 2]
    assert case.places == ["next"]


def test_a_completion_condition_takes_the_other_instances_away() -> None:
    case = Case(several(until="numberOfCompletedInstances = 1"), departments=["a", "b", "c"])
    first, second, third = (task.token for task in case.of(OpenTask))
    case.tell(TaskCompleted(second, {"opinion": "no"}))
    assert case.effects[:2] == (CloseTask(first), CloseTask(third))
    assert case.variables["opinions"] == [None, "no", None]


def test_no_items_means_no_instances() -> None:
    case = Case(several(), departments=[])
    assert (case.places, case.variables["opinions"]) == (["next"], [])


def test_a_collection_that_is_no_list_is_refused() -> None:
    with pytest.raises(rules.ValueUnusable) as refusal:
        Case(several(), departments="market")
    assert refusal.value.facts["needed"] == "一个列表"


def test_children_are_started_for_each_item_and_cancelled_together() -> None:
    body = (
        '<callActivity id="c" calledElement="matter"><multiInstanceLoopCharacteristics '
        'shuzheng:collection="matters"/></callActivity>'
        '<boundaryEvent id="b" attachedToRef="c"><messageEventDefinition messageRef="m"/>'
        "</boundaryEvent>"
    )
    flow = flow_of(START_END + body, "s>c c>e b>e", head='<message id="m" name="withdraw"/>')
    case = Case(flow, matters=["licence", "sign"])
    started = case.of(StartChild)
    assert [(one.called, one.item) for one in started] == [
        ("matter", "licence"),
        ("matter", "sign"),
    ]
    case.tell(rules.MessageReceived("withdraw"))
    assert case.of(CancelChild) == [CancelChild(one.token) for one in started]
    assert case.ended == "completed"


def test_a_standard_loop_goes_round_while_its_condition_holds() -> None:
    body = (
        f'<userTask id="ask"><standardLoopCharacteristics><loopCondition {FORMAL}>not(enough)'
        "</loopCondition></standardLoopCharacteristics></userTask>"
    )
    case = Case(flow_of(START_END + body, "s>ask ask>e"), enough=False)
    for _ in range(3):
        case.tell(TaskCompleted(case.of(OpenTask)[-1].token, {"enough": False}))
    case.tell(TaskCompleted(case.of(OpenTask)[-1].token, {"enough": True}))
    assert (len(case.of(OpenTask)), case.ended) == (4, "completed")
