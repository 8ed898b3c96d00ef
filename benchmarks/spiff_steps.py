"""SpiffWorkflow as shipped, its state in one row, doing around a step what our house does."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from benchmarks.step_cost import Cost
from benchmarks.workflow import FOLDER

AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


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
