"""A worker killed in the middle of a step: nothing is lost, and nothing done twice."""

import os
import signal as signals
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from shuzheng.infrastructure.journal.models import Entry
from shuzheng.support.cases.models import Case, FlowStep
from shuzheng.support.cases.rules import TaskAlreadyDone
from tests.support.cases.drawn import ENDS, MESSAGE, ORDER, catch, external, message, timer, user
from tests.support.cases.flows import begin, check_replay, open_tasks, publish
from tests.support.cases.killed import REACHED, act_on
from tests.support.cases.refusals import rows

pytestmark = [pytest.mark.usefixtures("city"), pytest.mark.django_db(transaction=True)]
ROOT = Path(settings.PROJECT_FOLDER)
AFTER_COMMIT = 1_000


def kill_in(act: str, number: str, statement: int | str) -> None:
    """Let a worker of its own begin the act, and kill it before that statement."""
    where = connection.settings_dict
    url = f"postgresql://{where['USER']}@/{where['NAME']}?host={where['HOST']}"
    environment = {
        **os.environ,
        "DATABASE_URL": url,
        "SHUZHENG_DATA": str(settings.DATA_FOLDER),
        "DJANGO_SETTINGS_MODULE": "shuzheng.site.settings",
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
    }
    command = [sys.executable, "-m", "tests.support.cases.killed", act, number, str(statement)]
    with subprocess.Popen(
        command, env=environment, cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as worker:
        assert worker.stdout is not None
        try:
            assert worker.stdout.readline().strip() == REACHED
        finally:
            worker.send_signal(signals.SIGKILL)
            worker.wait(10)


def work(act: str, number: str) -> None:
    """Do the act here; one that was done is refused or passed by."""
    with suppress(TaskAlreadyDone):
        act_on(act, number)


def test_a_killed_worker_loses_nothing_and_repeats_nothing() -> None:
    """One test, because the database is emptied after it."""
    late = publish(
        "late", ENDS + catch("w", timer("timeDuration", "PT1H")) + user("t"), "s>w w>t t>e"
    )
    _check("timers", begin(late), ["t"], (6, AFTER_COMMIT))
    asked = publish("asked", ENDS + external() + user("t"), "s>x x>t t>e")
    _check("service", begin(asked), ["t"], (6,))
    two = publish("two", ENDS + user("a", "b"), "s>a a>b b>e")
    _check("a", begin(two), ["b"], (7,))
    waits = publish(
        "waits", ENDS + catch("w", message(), more=ORDER) + user("t"), "s>w w>t t>e", head=MESSAGE
    )
    sends = publish(
        "sends", ENDS + f'<sendTask id="x" messageRef="m" {ORDER}/>', "s>x x>e", head=MESSAGE
    )
    number = begin(waits, order="7")
    begin(sends, order="7")
    _check("messages", number, ["t"], (7,))


def _check(act: str, number: str, then: list[str], statements: tuple[int, ...]) -> None:
    for statement in statements:
        before = rows()
        kill_in(act, number, statement)
        if statement != AFTER_COMMIT:
            assert rows() == before
    work(act, number)
    work(act, number)
    assert open_tasks(number) == then
    case = Case.objects.get(number=number)
    assert FlowStep.objects.filter(case=case).count() == 2
    assert Entry.objects.filter(kind="task.opened", case=number, facts__task=then[0]).count() == 1
    check_replay(number)
