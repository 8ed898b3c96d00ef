"""Publish a new version of a flow and migrate its running cases, while officials go on working.

    python -m benchmarks.migration [cases] [steps per second]

A whole house runs: web, worker, PostgreSQL, with journal and seal following. Six real cases are
played to six places of a flow and copied, with their tasks, timers and history. The new version
adds a branch's step before a join (a quarter of the cases get a task), a timer (an eighth get
one), a later step, and takes one step away (a twentieth stay). Beside the worker that migrates,
another process completes tasks of the same cases at a steady rate, each with its whole step.
"""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from statistics import median, quantiles
from typing import Any

from benchmarks.house import House, environment, run_house
from benchmarks.processes import processor_seconds

KEY = "benchmark_migration"
GOAL_CASES, GOAL_SECONDS = 100_000, 600
PLACES: tuple[tuple[tuple[str, ...], int], ...] = (
    ((), 7),
    (("receive",), 4),
    (("receive", "market"), 3),
    (("receive", "market", "fire"), 2),
    (("receive", "market", "fire", "housing"), 3),
    (("receive", "market", "fire", "housing", "decide"), 1),
)
"""What has been done of a case, and how many of twenty stand so."""
LAID = """
CREATE TEMP TABLE chosen AS
    SELECT id, row_number() OVER () - 1 AS place FROM (
        SELECT c.id FROM cases_case c JOIN unnest(%(models)s::text[], %(weights)s::int[])
            AS m (number, weight) USING (number), generate_series(1, m.weight)) AS each;
CREATE TEMP TABLE laid AS
    SELECT n, chosen.id AS model, first.id + n AS copy_id
    FROM generate_series(0, %(count)s - 1) AS n
    JOIN chosen ON chosen.place = n %% (SELECT count(*) FROM chosen),
         (SELECT max(id) + 1 AS id FROM cases_case) AS first;
"""
CASES = {
    "id": "copy_id",
    "number": "'QZ-2025-' || lpad(n::text, 7, '0')",
    "applicant_person": "md5(n::text)",
    "receipt_code": "'benchmark' || n",
}
OF_CASE = {"case_id": "copy_id"}
TABLES = ("cases_task", "cases_timer", "cases_wait", "cases_flowstep")
ENDS = '<startEvent id="s"/><endEvent id="e"/><parallelGateway id="f"/><parallelGateway id="j"/>'
TIMER = (
    '<boundaryEvent id="late" attachedToRef="decide" cancelActivity="false"><timerEventDefinition>'
    '<timeDuration xsi:type="tFormalExpression">P9D</timeDuration></timerEventDefinition>'
    "</boundaryEvent>"
)
BEFORE = (
    "receive market fire housing decide print",
    (
        "s>receive receive>f f>market f>fire f>housing market>j fire>j housing>j j>decide"
        " decide>print print>e"
    ),
)
AFTER = (
    "receive market check fire housing decide urge announce",
    (
        "s>receive receive>f f>market f>fire f>housing market>check check>j fire>j housing>j"
        " j>decide decide>announce announce>e late>urge urge>e"
    ),
)


def drawn(names: str, flows: str, more: str = "") -> bytes:
    from tests.support.workflow.flow_drawing import drawing

    task = '<userTask id="{0}" name="{0}" shuzheng:duty="supervise:open_restaurant"/>'
    return drawing(ENDS + "".join(task.format(name) for name in names.split()) + more, flows)


def lay_out(house: House, count: int) -> int:
    """Publish the first version, play its cases and copy them; return the version."""
    import psycopg
    from benchmarks.lists import copy

    from shuzheng.infrastructure.access.rules import system
    from shuzheng.support.workflow.operations import put_version

    first = put_version(
        key=KEY,
        title="迁移基准",
        xml=drawn(*BEFORE),
        department="service",
        by=system("benchmark"),
        at=datetime.now(UTC),
    )
    models = [play(first, done) for done, _ in PLACES]
    begun = time.perf_counter()
    owner = house.owner_url.replace("shuzheng@", "postgres@")
    with psycopg.connect(owner) as connection, psycopg.ClientCursor(connection) as cursor:
        cursor.execute("SET session_replication_role = replica")
        weights = [weight for _, weight in PLACES]
        cursor.execute(LAID, {"models": models, "weights": weights, "count": count})
        copy(cursor, "cases_case", CASES, "c", "laid JOIN cases_case c ON c.id = laid.model")
        for table in TABLES:
            rows = f"laid JOIN {table} t ON t.case_id = laid.model ORDER BY copy_id, t.id"
            copy(cursor, table, OF_CASE, "t", rows)
        cursor.execute("SELECT setval('cases_case_id_seq', (SELECT max(id) FROM cases_case))")
    with psycopg.connect(owner, autocommit=True) as connection:
        connection.execute(f"VACUUM ANALYZE cases_case, {', '.join(TABLES)}")
        connection.execute("CHECKPOINT")
    print(f"{count:,} cases laid out in {time.perf_counter() - begun:.0f} s", flush=True)
    return first


def play(flow: int, done: tuple[str, ...]) -> str:
    """Bring one case to a place, with as much data as a real one carries."""
    from tests.support.cases.flows import begin, complete

    at = datetime.now(UTC)
    answers = {f"question_{place}": "答复" * 10 for place in range(20)}
    number = begin(flow, at=at, answers=answers)
    for element in done:
        complete(number, element, at=at, outcome="agreed")
    return number


def publish() -> Any:
    """Draft, send and publish the second version, as two people do."""
    from shuzheng.infrastructure.access.rules import Actor
    from shuzheng.support.cases.operations import publish_and_migrate
    from shuzheng.support.cases.rules.migrations import MIGRATE_CASES
    from shuzheng.support.workflow.operations import save_draft, send_to_review, start_draft
    from shuzheng.support.workflow.rules.entries import DRAFT_FLOW, REVIEW_FLOW

    def official(account: str, *permissions: Any) -> Actor:
        held = frozenset(each.key for each in permissions)
        return Actor(
            kind="official",
            account=account,
            name=account,
            post="service.supervisor",
            department="service",
            permissions=held,
        )

    drafter, reviewer = official("a", DRAFT_FLOW), official("b", REVIEW_FLOW, MIGRATE_CASES)
    at = datetime.now(UTC)
    draft = start_draft(key=KEY, by=drafter, at=at)
    save_draft(draft=draft, xml=drawn(*AFTER, TIMER), by=drafter, at=at)
    send_to_review(draft=draft, reasons="基准", by=drafter, at=at)
    show_plan(draft)
    begun = time.perf_counter()
    published = publish_and_migrate(draft=draft, by=reviewer, at=datetime.now(UTC))
    print(f"published with its migration in {time.perf_counter() - begun:.2f} s", flush=True)
    return published


def show_plan(draft: int) -> None:
    from shuzheng.support.cases.queries import plan_draft

    begun = time.perf_counter()
    plan = plan_draft(draft)
    print(f"planned in {time.perf_counter() - begun:.2f} s: {plan.total:,} cases, of which")
    for group in plan.groups:
        places = " + ".join(str(place.name) for place in group.places)
        codes = ", ".join(dict.fromkeys(one.code for one in (*group.stays, *group.moves)))
        print(f"  {group.count:>7,} at {places}: {codes}")


@contextmanager
def officials_at_work(house: House, per_second: float) -> Iterator[subprocess.Popen[str]]:
    """Let another process complete tasks at a steady rate."""
    command = [sys.executable, "-m", "benchmarks.migration", "--work", str(per_second)]
    worker = subprocess.Popen(
        command, env=environment(house.folder), stdout=subprocess.PIPE, text=True
    )
    try:
        yield worker
    finally:
        worker.send_signal(signal.SIGTERM)
        output, _ = worker.communicate(timeout=60)
        print(f"officials meanwhile: {output.strip()}", flush=True)


def work(per_second: float) -> None:
    """Complete random open tasks of the benchmark's cases until told to end."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "shuzheng.site.settings"
    import django

    django.setup()
    from django.db.models import Max, Min

    from shuzheng.policy.refusals import Refusal
    from shuzheng.support.cases.models import Task
    from shuzheng.support.cases.operations import complete_task
    from tests.support.cases.flows import CLERK

    taken: list[float] = []
    refused = 0
    tasks = Task.objects.filter(state="open", case__number__startswith="QZ-2025-")
    ends = tasks.aggregate(low=Min("pk"), high=Max("pk"))
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    due = time.perf_counter()
    try:
        while True:
            due += 1 / per_second
            time.sleep(max(0, due - time.perf_counter()))
            pick = random.randint(ends["low"], ends["high"])
            task = tasks.filter(pk__gte=pick).order_by("pk").values_list("pk", flat=True).first()
            begun = time.perf_counter()
            try:
                complete_task(task_id=task, outcome={}, by=CLERK, at=datetime.now(UTC))
            except Refusal:
                refused += 1
            else:
                taken.append((time.perf_counter() - begun) * 1000)
    finally:
        figures = quantiles(taken, n=20) if len(taken) > 1 else [0.0] * 19
        print(
            f"{len(taken)} steps, {refused} refused; median {median(taken or [0]):.0f} ms,"
            f" 95 % within {figures[18]:.0f} ms, slowest {max(taken or [0]):.0f} ms"
        )


def wait_for(migration: int) -> Any:
    """Wait until the worker has finished, and say how far it is now and then."""
    from shuzheng.support.cases.queries import get_migration

    begun = said = time.perf_counter()
    while True:
        row = get_migration(migration)
        if row.state == "finished":
            return row
        if time.perf_counter() - said > 15:
            said = time.perf_counter()
            print(f"  {said - begun:.0f} s: {row.total - row.waiting:,} settled", flush=True)
        time.sleep(1)


def check(row: Any, count: int) -> None:
    """Every case is accounted for once, where the journal and its own row say it is."""
    from django.db.models import Count

    from shuzheng.infrastructure.journal.models import Entry
    from shuzheng.support.cases.models import Case
    from tests.support.cases.flows import check_replay

    entries = Entry.objects.filter(kind="case.migrated").count()
    versions = dict(
        Case.objects.filter(flow__key=KEY, closed_at=None)
        .values_list("flow__number")
        .annotate(count=Count("id"))
    )
    assert row.waiting == 0
    assert row.moved == entries == versions[2], (row.moved, entries, versions)
    assert row.total == count + len(PLACES), (row.total, count)
    numbers = Case.objects.filter(flow__key=KEY, id__gte=random.randint(1, count))
    check_replay(*numbers.values_list("number", flat=True)[:100])


def run(count: int, per_second: float) -> None:
    with run_house() as house:
        lay_out(house, count)
        with officials_at_work(house, per_second):
            before = processor_seconds(house.supervisor)
            published = publish()
            begun = time.perf_counter()
            row = wait_for(published.migration)
            seconds = time.perf_counter() - begun
            after = processor_seconds(house.supervisor)
        check(row, count)
        say(row, seconds, before, after)


def say(row: Any, seconds: float, before: dict[str, float], after: dict[str, float]) -> None:
    spent = {name: round(after[name] - before.get(name, 0), 1) for name in after}
    print(f"{row.total:,} cases: {row.moved:,} moved, {row.stays:,} stay, {row.left:,} had ended")
    print(
        f"in {seconds:.1f} s, {row.total / seconds:.0f} a second; processor s {json.dumps(spent)}"
    )
    reckoned = seconds * GOAL_CASES / row.total
    verdict = "met" if reckoned <= GOAL_SECONDS else "missed"
    print(
        f"{GOAL_CASES:,} would take {reckoned:.0f} s at this rate; goal {GOAL_SECONDS}: {verdict}"
    )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--work"]:
        work(float(sys.argv[2]))
    else:
        arguments = [*sys.argv[1:], "", ""]
        run(int(arguments[0] or GOAL_CASES), float(arguments[1] or 5))
