"""A worker is killed between the ruling and the licence; the licence comes all the same, once."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.db import connection

from shuzheng.infrastructure.journal.queries import list_entries_of_case
from shuzheng.support.cases import operations as cases
from shuzheng.support.cases.models import ServiceRequest
from shuzheng.support.cases.rules import State
from shuzheng.support.licences.models import IssuedDocument, Licence
from tests.houses import environment
from tests.support.cases.play import NOODLES, accepted, member, on_post, review, state, task, wang
from tests.waiting import eventually

pytestmark = [
    pytest.mark.journey,
    pytest.mark.usefixtures("city"),
    pytest.mark.django_db(transaction=True),
]
START_SECONDS = 120


@contextmanager
def worker(log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Run a worker on the database and the folder of this test; it is killed in the end."""
    with log.open("ab") as stream:
        process = subprocess.Popen(
            [sys.executable, "-m", "shuzheng.site.command", "worker"],
            env=environment(settings.DATA_FOLDER, DATABASE_URL=_address()),
            stdout=stream,
            stderr=stream,
        )
    try:
        yield process
    finally:
        if process.poll() is None:
            os.kill(process.pid, signal.SIGKILL)
        process.wait(10)


def _address() -> str:
    place = connection.settings_dict
    names = {"host": place["HOST"], "port": place["PORT"], "password": place["PASSWORD"]}
    given = urlencode({name: value for name, value in names.items() if value})
    return f"postgresql://{place['USER']}@/{place['NAME']}?{given}"


def kill_when(begun: Callable[[], bool], log: Path) -> None:
    """Start a worker and kill it in the moment in which something has begun."""
    with worker(log) as process:
        eventually(begun, seconds=START_SECONDS)
        assert process.poll() is None, log.read_text()
        os.kill(process.pid, signal.SIGKILL)
        assert process.wait(10) == -signal.SIGKILL


def test_a_licence_comes_once_though_the_worker_is_killed_twice(tmp_path: Path) -> None:
    log = tmp_path / "worker.log"
    now = datetime.now(UTC)
    number = accepted(wang(), NOODLES, at=now)
    shop = member(number, "small_restaurant")
    review(shop, at=now)
    found = task(shop, "rule")
    cases.rule_matter(task_id=found.pk, is_granted=True, reasons="", by=on_post(found.post), at=now)
    assert not Licence.objects.filter(case=shop).exists()

    kill_when(lambda: _is_taken(shop, "licence_type"), log)
    kill_when(lambda: Licence.objects.filter(case=shop).exists(), log)

    with worker(log):
        eventually(lambda: state(number) == State.CLOSED, seconds=START_SECONDS)
        eventually(
            lambda: not ServiceRequest.objects.filter(done_at__isnull=True).exists(),
            seconds=START_SECONDS,
        )
    assert Licence.objects.filter(case=shop).count() == 1
    ruling = ServiceRequest.objects.get(case__number=shop, operation="documents.issue")
    assert IssuedDocument.objects.filter(case=shop, token=ruling.token).count() == 1
    kinds = [entry.kind for entry in list_entries_of_case(number)]
    assert (kinds.count("case.ruled"), kinds.count("case.delivered")) == (1, 1)
    done = ServiceRequest.objects.filter(case__number__startswith=number).count()
    assert kinds.count("case.service_done") == done


def _is_taken(number: str, field: str) -> bool:
    """Say whether the worker has fetched a request of the case that tells it that field."""
    return any(
        entry.kind == "case.read"
        and entry.subject == f"case:{number}"
        and entry.actor_kind == "system"
        and field in entry.facts["fields"]
        for entry in list_entries_of_case(number.rpartition("-")[0])
    )
