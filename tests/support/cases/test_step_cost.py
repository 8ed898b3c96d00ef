"""What a step costs the database, and that its row does not grow with its history."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shuzheng.support.cases import operations as cases
from shuzheng.support.cases.models import Case, Task
from tests.support.cases.flows import CLERK, begin, complete, publish
from tests.support.cases.play import AT
from tests.support.cases.test_flows_run import ENDS, user

pytestmark = [pytest.mark.usefixtures("city"), pytest.mark.django_db]
MOST_STATEMENTS = 8
LARGEST_STATE = 2048
WORK = user("accept", "correct").replace("do:work", "supervise:open_restaurant")
LOOP = (
    ENDS + WORK + '<exclusiveGateway id="g" default="g_e"/>',
    "s>accept accept>g g>correct[again] g>e correct>accept",
)


def statements_of(number: str) -> int:
    """Complete the open task of a case and count what is sent, savepoints of the test left out."""
    task = Task.objects.get(case__number=number, state="open").pk
    with CaptureQueriesContext(connection) as sent:
        cases.complete_task(task_id=task, outcome={"again": True}, by=CLERK, at=AT)
    return sum("SAVEPOINT" not in each["sql"] for each in sent.captured_queries)


def test_a_whole_step_takes_eight_statements_at_most() -> None:
    number = begin(publish("returns", *LOOP))
    statements_of(number)
    assert [statements_of(number) for _ in range(3)] <= [MOST_STATEMENTS] * 3


def test_the_row_of_a_case_is_small_and_flat_over_two_hundred_returns() -> None:
    number = begin(publish("returns", *LOOP))
    sizes = []
    for _ in range(200):
        complete(number, "accept", again=True)
        complete(number, "correct")
        case = Case.objects.get(number=number)
        sizes.append(len(json.dumps([case.flow_state, case.variables]).encode()))
    assert max(sizes) <= LARGEST_STATE
    assert max(sizes) - min(sizes) <= 2 * len("400"), "only the tokens' numbers grow"
