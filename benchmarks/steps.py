"""A whole step with PostgreSQL beside SpiffWorkflow doing the same, on the shared realistic flow.

    python -m benchmarks.steps [cases a round] [rounds]

Ours is what an official's click costs below the page: ``complete_task`` and ``send_message`` of
cases with lock, engine, tasks, timers, history, journal and commit. SpiffWorkflow keeps its state
as JSON in one row by its own serializer, as shipped, and does the same around it with plain SQL:
lock, update, history, tasks, journal (our own), commit. Both run in one process in turn on one
private PostgreSQL; what counts is processor time of this process (``process_time``), so that
others at work on the machine do not count, and statements as the connection sees them.
"""

import json
import logging
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from statistics import median
from typing import Any

from benchmarks.house import run_house
from benchmarks.workflow import FOLDER, flow_in_feel, shared_cases

AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
RETURNS = 200
LARGEST_STATE = 2048


@dataclass
class Cost:
    """What steps cost: processor seconds, statements of each step, bytes of the state kept."""

    seconds: float = 0.0
    statements: list[int] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    kinds: Counter[str] = field(default_factory=Counter)

    @property
    def milliseconds(self) -> float:
        """Processor milliseconds a step."""
        return self.seconds / len(self.statements) * 1000

    @contextmanager
    def step(self) -> Iterator[None]:
        """Measure one step."""
        from django.db import connection

        counted = 0

        def count(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001
            nonlocal counted
            counted += 1
            self.kinds[" ".join(sql.split()[:3])[:40]] += 1
            return execute(sql, params, many, context)

        with connection.execute_wrapper(count):
            before = time.process_time()
            yield
            self.seconds += time.process_time() - before
        self.statements.append(counted)

    def line(self) -> str:
        """Return the figures in words."""
        each = self.statements
        return (
            f"{self.milliseconds:.2f} ms of processor a step; statements median {median(each):g},"
            f" mean {sum(each) / len(each):.1f}, most {max(each)}; state <= {max(self.sizes)} B"
        )


def drawing() -> bytes:
    """Return the shared flow with duties, and conditions on what our decisions are called."""
    text = flow_in_feel().decode()
    text = text.replace(
        "<bpmn:userTask ", '<bpmn:userTask shuzheng:duty="supervise:open_restaurant" '
    )
    text = text.replace("xmlns:xsi=", 'xmlns:shuzheng="https://shuzheng.org/bpmn" xmlns:xsi=', 1)
    return text.replace('outcome = "approve"', 'decide.outcome = "approve"').encode()


def table() -> bytes:
    """Return the shared decision, counting the agreements itself."""
    text = (FOLDER / "decide.dmn").read_text()
    return text.replace(
        "<text>n_agree</text>", "<text>count(opinions[item.agree = true])</text>"
    ).encode()


class Ours:
    """Plays a case through the door of cases."""

    def __init__(self) -> None:
        from shuzheng.infrastructure.access.rules import Actor, system
        from shuzheng.support.cases.rules.flow_entries import SEND_MESSAGE, WORK_TASK
        from shuzheng.support.decisions.operations import put_version as put_decision
        from shuzheng.support.workflow.operations import put_version as put_flow

        self.by = system("benchmark")
        held = frozenset({WORK_TASK.key, SEND_MESSAGE.key})
        self.clerk = Actor(
            kind="official", account="benchmark", name="王基准", post="service.supervisor",
            department="service", areas=("330800",), permissions=held,
        )  # fmt: skip
        put_decision(key="decide_result", title="Decide", xml=table(), by=self.by, at=AT)
        self.flow = put_flow(key="benchmark", title="基准", xml=drawing(), by=self.by, at=AT)
        self.cost = Cost()
        self.at = AT

    def play(self, case: dict[str, Any]) -> None:
        from shuzheng.support.cases.models import Case

        self.number = self._begin(case)
        for _ in range(case["returns"]):
            self._complete("accept", accepted=False)
            self._complete("correct", corrected=True)
        self._complete("accept", accepted=True)
        if case["suspend"]:
            self._send("suspend")
        for index in range(3):
            opinion = {"agree": case["agree"][index], "text": "同意,材料齐全"}
            self._complete("approve", opinion=opinion)
            if index == 0 and case["suspend"]:
                self._send("resume")
        self._complete("", doc_no="京市监许字1号")
        assert not Case.objects.get(number=self.number).flow_state["t"]

    def _begin(self, case: dict[str, Any]) -> str:
        from tests.support.cases.flows import begin

        names = ("departments", "deadline", "risk", "amount")
        return begin(self.flow, at=self.at, **{name: case[name] for name in names})

    def _task(self, element: str) -> int:
        from shuzheng.support.cases.models import Task

        found = Task.objects.filter(case__number=self.number, state="open").order_by("pk")
        if element:
            found = found.filter(element=element)
        return int(found.values_list("pk", flat=True)[0])

    def _complete(self, element: str, **outcome: Any) -> None:
        from shuzheng.support.cases.operations import complete_task

        task = self._task(element)
        self._measured(
            lambda: complete_task(task_id=task, outcome=outcome, by=self.clerk, at=self.at)
        )

    def _send(self, name: str) -> None:
        from shuzheng.support.cases.operations import send_message

        key = f"case:{self.number}"
        self._measured(lambda: send_message(name=name, key=key, by=self.clerk, at=self.at))

    def _measured(self, act: Callable[[], object]) -> None:
        from shuzheng.support.cases.models import Case

        self.at += timedelta(seconds=1)
        with self.cost.step():
            act()
        state = Case.objects.values_list("flow_state", flat=True).get(number=self.number)
        self.cost.sizes.append(len(json.dumps(state, separators=(",", ":")).encode()))


class Theirs:
    """Plays a case through SpiffWorkflow as shipped, its state in one row."""

    def __init__(self) -> None:
        from django.db import connection
        from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine, TaskDataEnvironment
        from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
        from SpiffWorkflow.spiff.parser.process import SpiffBpmnParser
        from SpiffWorkflow.spiff.serializer.config import SPIFF_CONFIG

        parser = SpiffBpmnParser()
        parser.add_bpmn_file(str(FOLDER / "matter.bpmn"))
        parser.add_dmn_file(str(FOLDER / "decide.dmn"))
        logging.getLogger("spiff").setLevel(logging.WARNING)
        self.spec = parser.get_spec("matter")
        self.called = parser.get_subprocess_specs("matter")
        self.serializer = BpmnWorkflowSerializer(BpmnWorkflowSerializer.configure(SPIFF_CONFIG))
        self.engine = PythonScriptEngine(TaskDataEnvironment({}))
        self.cost = Cost()
        self.at = AT
        with connection.cursor() as cursor:
            cursor.execute(
                "CREATE TABLE IF NOT EXISTS spiff_case (id bigserial PRIMARY KEY, state text);"
                "CREATE TABLE IF NOT EXISTS spiff_task (case_id bigint, token text, name text,"
                " opened_at timestamptz, done_at timestamptz, PRIMARY KEY (case_id, token));"
                "CREATE TABLE IF NOT EXISTS spiff_step"
                " (id bigserial PRIMARY KEY, case_id bigint, at timestamptz, told text)"
            )

    def play(self, case: dict[str, Any]) -> None:
        self._begin(case)
        for _ in range(case["returns"]):
            self._complete("accept", {"accepted": False})
            self._complete("correct", {"corrected": True})
        self._complete("accept", {"accepted": True})
        if case["suspend"]:
            self._send("suspend")
        for index in range(3):
            self._approve(index, agree=case["agree"][index], agreed=sum(case["agree"]))
            if index == 0 and case["suspend"]:
                self._send("resume")
        self._complete("", {"doc_no": "京市监许字1号"})
        assert self.workflow.completed

    def _begin(self, case: dict[str, Any]) -> None:
        from django.db import connection
        from SpiffWorkflow.bpmn.workflow import BpmnWorkflow

        workflow = BpmnWorkflow(self.spec, self.called, script_engine=self.engine)
        names = ("departments", "deadline", "risk", "amount")
        workflow.task_tree.data.update({name: case[name] for name in names})
        workflow.do_engine_steps()
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO spiff_case (state) VALUES (%s) RETURNING id",
                [self.serializer.serialize_json(workflow)],
            )
            self.case = cursor.fetchone()[0]
            self._write_tasks(cursor, workflow, set())

    def _ready(self, workflow: Any) -> list[Any]:
        from SpiffWorkflow.util.task import TaskState

        return list(workflow.get_tasks(state=TaskState.READY, manual=True))

    def _complete(self, name: str, data: dict[str, Any]) -> None:
        def act(workflow: Any) -> None:
            tasks = self._ready(workflow)
            task = next(each for each in tasks if not name or each.task_spec.name == name)
            task.data.update(data)
            task.run()

        self._step(act)

    def _approve(self, index: int, *, agree: bool, agreed: int) -> None:
        def act(workflow: Any) -> None:
            task = self._ready(workflow)[0]
            task.data["opinion"] = {"agree": agree, "text": "同意,材料齐全"}
            task.run()
            if index == 2:
                task.parent.data["n_agree"] = agreed

        self._step(act)

    def _send(self, name: str) -> None:
        from SpiffWorkflow.bpmn.util.event import BpmnEvent
        from SpiffWorkflow.spiff.specs.event_definitions import MessageEventDefinition

        definition = MessageEventDefinition(name, expression="{}", message_var=None)
        self._step(lambda workflow: workflow.send_event(BpmnEvent(definition, payload={})))

    def _step(self, act: Callable[[Any], None]) -> None:
        from django.db import connection, transaction

        self.at += timedelta(seconds=1)
        with self.cost.step(), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT state FROM spiff_case WHERE id = %s FOR UPDATE", [self.case])
            workflow = self.serializer.deserialize_json(cursor.fetchone()[0])
            workflow.script_engine = self.engine
            before = {str(task.id) for task in self._ready(workflow)}
            act(workflow)
            workflow.do_engine_steps()
            state = self.serializer.serialize_json(workflow)
            cursor.execute("UPDATE spiff_case SET state = %s WHERE id = %s", [state, self.case])
            self._write_tasks(cursor, workflow, before)
            self._write_history(cursor)
        self.workflow = workflow
        self.cost.sizes.append(len(state.encode()))

    def _write_tasks(self, cursor: Any, workflow: Any, before: set[str]) -> None:
        now = {str(task.id): task.task_spec.name for task in self._ready(workflow)}
        gone = list(before - set(now))
        if gone:
            cursor.execute(
                "UPDATE spiff_task SET done_at = %s WHERE case_id = %s AND token = ANY(%s)",
                [self.at, self.case, gone],
            )
        begun = [(self.case, token, now[token], self.at) for token in now if token not in before]
        if begun:
            places = ",".join(["(%s, %s, %s, %s)"] * len(begun))
            cursor.execute(
                f"INSERT INTO spiff_task (case_id, token, name, opened_at) VALUES {places}",
                [value for row in begun for value in row],
            )

    def _write_history(self, cursor: Any) -> None:
        from shuzheng.infrastructure.access.rules import system
        from shuzheng.infrastructure.journal.operations import NewEntry, append_all
        from shuzheng.support.cases.rules import TASK_DONE, TASK_OPENED

        cursor.execute(
            "INSERT INTO spiff_step (case_id, at, told) VALUES (%s, %s, %s)",
            [self.case, self.at, "{}"],
        )
        append_all(
            [
                NewEntry(system("benchmark"), kind, f"case:{self.case}", self.at, {"task": "x"})
                for kind in (TASK_DONE, TASK_OPENED)
            ]
        )


def measure(count: int, rounds: int) -> None:
    """Run both in turn and print what each costs."""
    ours, theirs = Ours(), Theirs()
    for play in (ours.play, theirs.play):
        for case in shared_cases(3):
            play(case)
    mine: list[Cost] = []
    spiff: list[Cost] = []
    for _ in range(rounds):
        for side, costs in ((ours, mine), (theirs, spiff)):
            side.cost = Cost()
            for case in shared_cases(count):
                side.play(case)
            costs.append(side.cost)
    best, baseline = (sorted(each, key=lambda one: one.milliseconds) for each in (mine, spiff))
    print(f"ours, median of {rounds}: {best[rounds // 2].line()}")
    print(f"SpiffWorkflow as shipped, median of {rounds}: {baseline[rounds // 2].line()}")
    ratios = [b.milliseconds / a.milliseconds for a, b in zip(mine, spiff, strict=True)]
    print(
        f"ratio of a round, median: {median(ratios):.2f} x ({min(ratios):.2f}–{max(ratios):.2f});"
        f" {len(mine[0].statements)} steps a round"
    )
    print("our statements a step:")
    for kind, times in best[rounds // 2].kinds.most_common(16):
        print(f"  {times / len(best[rounds // 2].statements):.2f}  {kind}")
    returned(ours)


def returned(ours: Ours) -> None:
    """Say how the row grows over many returns."""
    ours.cost = Cost()
    ours.play({**shared_cases(1)[0], "returns": RETURNS})
    sizes = ours.cost.sizes
    print(
        f"after {RETURNS} returns: state {sizes[1]} B after the first, {sizes[2 * RETURNS - 1]} B"
        f" after the last; {ours.cost.line()}"
    )
    assert max(sizes) <= LARGEST_STATE


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    with run_house(is_served=False):
        measure(count, rounds)


if __name__ == "__main__":
    main()
