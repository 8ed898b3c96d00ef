"""What a step costs the database, and that its row does not grow with its history."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shuzheng.infrastructure.journal.models import Entry
from shuzheng.support.cases import operations as cases
from shuzheng.support.cases.models import Case, FlowMessage, Task, Timer, Wait
from shuzheng.support.cases.operations.record.forms import write_form
from shuzheng.support.cases.rules import FormData
from shuzheng.support.decisions.operations import publish_decision
from shuzheng.support.decisions.queries import list_runs_of_case
from shuzheng.support.decisions.rules import Publication
from tests.support.cases.drawn import ENDS, MESSAGE, boundary, message, timer, user
from tests.support.cases.flows import BY, CLERK, begin, check_replay, complete, publish
from tests.support.cases.play import AT
from tests.support.decisions.models_of_rules import table_model

pytestmark = [pytest.mark.usefixtures("city"), pytest.mark.django_db]
MOST_STATEMENTS = 8
LARGEST_STATE = 2048
LOOP = (
    ENDS + user("accept", "correct") + '<exclusiveGateway id="g" default="g_e"/>',
    "s>accept accept>g g>correct[again] g>e correct>accept",
)
# As the flow of the benchmark: opinions under a deadline and a message, then a decision on them.
WHOLE = (
    ENDS + user("accept", "issue") + '<userTask id="advise" name="advise" shuzheng:duty="do:work">'
    '<multiInstanceLoopCharacteristics shuzheng:collection="departments" '
    'shuzheng:output="opinions" shuzheng:outputItem="opinion"/></userTask>'
    + boundary("late", "advise", timer("timeDuration", "P20D"), interrupting=False)
    + boundary("pause", "advise", message(), interrupting=False)
    + '<businessRuleTask id="judge" shuzheng:decision="size"/><endEvent id="x"/>',
    "s>accept accept>advise advise>judge judge>issue issue>e late>x pause>x",
)


def statements_of(act: Callable[[], object]) -> int:
    """Count what an act sends.

    A test's own transaction makes the act's a savepoint; what opens and closes it does not count,
    any other savepoint does.
    """
    sent: list[str] = []

    def keep(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        sent.extend(sql.split("; "))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(keep):
        act()
    assert (sent[0].split()[0], sent[-1].split()[0]) == ("SAVEPOINT", "RELEASE")
    return len(sent) - 2


def statements_to_complete(number: str, **outcome: Any) -> int:
    task = Task.objects.filter(case__number=number, state="open").earliest("pk").pk
    return statements_of(
        lambda: cases.complete_task(task_id=task, outcome=outcome, by=CLERK, at=AT)
    )


def test_a_step_that_returns_takes_eight_statements_at_most() -> None:
    number = begin(publish("returns", *LOOP))
    statements_to_complete(number, again=True)
    assert max(statements_to_complete(number, again=True) for _ in range(4)) <= MOST_STATEMENTS


@pytest.fixture
def opinions() -> str:
    """Open a case that asks three departments, then decides; one before it filled the caches."""
    rules = (("<= 50", '"small"'), ("> 50", '"large"'))
    table = table_model(("amount",), rules, types=("number",))
    publish_decision(Publication(key="size", title="大小", xml=table), by=BY, at=AT)
    flow = publish("whole", *WHOLE, head=MESSAGE)
    numbers = [begin(flow, amount=80, departments=["market", "fire", "eco"]) for _ in range(2)]
    for number in numbers:
        complete(number, "accept")
    for _ in range(3):
        complete(numbers[0], "advise", opinion="同意")
    return numbers[1]


def test_a_step_with_tasks_timer_and_wait_takes_eight_statements_at_most(opinions: str) -> None:
    number = begin(Case.objects.get(number=opinions).flow_id, amount=8, departments=["a", "b"])
    assert statements_to_complete(number) <= MOST_STATEMENTS
    assert Task.objects.filter(case__number=number, state="open").count() == 2
    assert Timer.objects.filter(case__number=number, state="set").count() == 1
    assert Wait.objects.filter(case__number=number).count() == 1


def test_a_message_takes_eight_statements_at_most(opinions: str) -> None:
    key = f"case:{opinions}"
    sent = statements_of(lambda: cases.send_message(name="papers", key=key, by=CLERK, at=AT))
    assert sent <= MOST_STATEMENTS
    assert FlowMessage.objects.get().state == "delivered"


def test_the_step_that_decides_takes_eight_statements_at_most(opinions: str) -> None:
    counted = [statements_to_complete(opinions, opinion="同意") for _ in range(3)]
    assert max(counted) <= MOST_STATEMENTS
    check_deciding_step(opinions)


def check_deciding_step(number: str) -> None:
    """All that the step is to keep is kept, and it can be played again."""
    [run] = list_runs_of_case(number)
    assert (run.value, run.inputs) == ("large", {"amount": 80})
    done, opened = list(Task.objects.filter(case__number=number).order_by("pk"))[-2:]
    assert (done.state, done.outcome, done.done_by) == ("done", {"opinion": "同意"}, "clerk")
    assert (opened.element, opened.state, opened.post) == ("issue", "open", "service.supervisor")
    assert Timer.objects.get(case__number=number).state == "cancelled"
    assert not Wait.objects.filter(case__number=number).exists()
    made = list(Entry.objects.filter(case=number).order_by("arrival"))[-3:]
    assert [each.kind for each in made] == ["task.done", "decision.made", "task.opened"]
    assert (made[1].facts["run"], made[2].facts["link"]) == (run.id, f"/desk/tasks/{opened.pk}/")
    check_replay(number)


def test_the_form_is_not_written_by_a_step_that_only_reads_it(opinions: str) -> None:
    case = Case.objects.get(number=opinions)
    write_form(case, FormData(values={"amount": 8}))
    case.save(update_fields=["form_encrypted"])
    with CaptureQueriesContext(connection) as sent:
        for _ in range(3):
            complete(opinions, "advise", opinion="同意")
    assert list_runs_of_case(opinions)[0].inputs == {"amount": 8}
    assert not [one for one in sent.captured_queries if "form_encrypted = " in one["sql"]]


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
