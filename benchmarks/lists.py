"""Desk inbox and case list over a million cases, through HTTP, for one user and for sixteen.

    python -m benchmarks.lists [cases]

The cases are copies of one real restaurant's bundle and its members, laid out in the house's own
tables in the proportions of a city after some years: a fifth are bundles, four fifths matters of
four departments, one in seven has an open task, each has its tasks, clocks and documents' codes.
"""

import asyncio
import sys
import time
from datetime import UTC, datetime
from typing import Any

from benchmarks.client import Answer, ask, summary, use
from benchmarks.house import Caller, House, make_citizens, make_officials, run_house
from benchmarks.processes import processor_seconds, spent_between

ASKED = 96
"""Requests of each page, by one user or by all together."""
PLACES = """
CREATE TEMP TABLE model AS
    SELECT row_number() OVER (ORDER BY id) - 1 AS place, *
    FROM cases_case WHERE number ~ %(number)s;
CREATE TEMP TABLE laid AS
    SELECT n, n + first.id AS copy_id, n %% 5 AS place, first.id + n - n %% 5 AS root,
           n %% 7 = 0 AS is_open, timestamptz '2022-01-01' + n * interval '2 minutes' AS at
    FROM generate_series(0, %(count)s - 1) AS n,
         (SELECT max(id) + 1 AS id FROM cases_case) AS first;
CREATE TEMP TABLE work AS
    SELECT * FROM (VALUES (0, 'receive', '收件审查', 'service.window'),
                          (1, 'rule', '作出决定', 'market.chief'),
                          (2, 'rule', '作出决定', 'fire.chief'),
                          (3, 'review', '审查材料', 'housing.reviewer'),
                          (4, 'review', '审查材料', 'market.reviewer'))
        AS work (place, element, name, post);
"""
CASES = {
    "id": "copy_id",
    "number": "'QZ-2022-9' || lpad((n / 5)::text, 7, '0')"
    " || CASE laid.place WHEN 0 THEN '' ELSE '-' || laid.place END",
    "root_id": "CASE laid.place WHEN 0 THEN NULL ELSE laid.root END",
    "state": "CASE WHEN is_open THEN 'accepted' ELSE 'closed' END",
    "applicant_person": "md5((n / 15)::text)",
    "receipt_code": "'benchmark' || n",
    **dict.fromkeys(("created_at", "submitted_at", "accepted_at"), "at"),
    "closed_at": "CASE WHEN is_open THEN NULL ELSE at + interval '9 days' END",
}
TASKS = {
    "case_id": "copy_id",
    "token": "'benchmark' || step",
    **{name: f"work.{name}" for name in ("element", "name", "post")},
    "for_applicant": "false",
    "state": "CASE WHEN is_open AND step = 2 THEN 'open' ELSE 'done' END",
    "due_on": "current_date + n % 15",
    "opened_at": "at",
    "escalated_to": "CASE WHEN is_open AND step = 2 AND n % 70 = 0 THEN 'market.chief' ELSE '' END",
}
CLOCKS = {
    "case_id": "copy_id",
    "started_on": "at::date",
    "due_on": "current_date + n % 15",
    "stopped_at": "CASE WHEN is_open THEN NULL ELSE at END",
}
TASK = "(SELECT * FROM cases_task WHERE claimed_by = '' AND done_by = '' LIMIT 1)"
COPIES = (
    ("cases_case", CASES, "model", "laid JOIN model USING (place)"),
    (
        "cases_task",
        TASKS,
        "task",
        f"laid JOIN work USING (place) CROSS JOIN generate_series(1, 2) AS step, {TASK} AS task",
    ),
    (
        "cases_clock",
        CLOCKS,
        "clock",
        "laid JOIN model USING (place) JOIN cases_clock AS clock ON clock.case_id = model.id",
    ),
)
"""Each table: what is said instead of what the model's row says, its name, where rows come from."""


def copy(cursor: Any, table: str, instead: dict[str, str], model: str, rows: str) -> None:
    """Insert a row for each of ``rows``; what is not said ``instead`` is as in the model's row."""
    cursor.execute(
        "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass"
        " AND attnum > 0 AND NOT attisdropped",
        [table],
    )
    named = {name for (name,) in cursor.fetchall()} - ({"id"} - set(instead))
    values = {name: instead.get(name, f"{model}.{name}") for name in sorted(named)}
    columns = ", ".join(values)
    chosen = ", ".join(values.values())
    cursor.execute(f"INSERT INTO {table} ({columns}) SELECT {chosen} FROM {rows}")


def lay_out(house: House, citizen: Caller, count: int) -> None:
    """Play one restaurant until its four matters are open, then copy it."""
    import psycopg
    from benchmarks.moves import open_four_matters

    from shuzheng.infrastructure.access.rules import Actor

    by = Actor(kind="person", account=citizen.account, name=citizen.name, person=citizen.person)
    number = open_four_matters(by, at=datetime.now(UTC))
    begun = time.perf_counter()
    owner = house.owner_url.replace("shuzheng@", "postgres@")
    with psycopg.connect(owner) as connection, psycopg.ClientCursor(connection) as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(PLACES, {"number": f"^{number}", "count": count})
        for each in COPIES:
            copy(cursor, *each)
        cursor.execute("SELECT setval('cases_case_id_seq', (SELECT max(id) FROM cases_case))")
    with psycopg.connect(owner, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE cases_case, cases_task, cases_clock, cases_suspension")
        connection.execute("CHECKPOINT")
    print(f"{count:,} cases laid out in {time.perf_counter() - begun:.0f} s", flush=True)


def pages(count: int) -> dict[str, tuple[str, str]]:
    """Return what is asked: name → (demonstration user name, path)."""
    return {
        "inbox (window)": ("window", "/desk/"),
        "inbox (chief, with what was raised)": ("marketchief", "/desk/"),
        "case list": ("market", "/desk/cases/"),
        "case list, in the middle": ("market", f"/desk/cases/?from={count // 2}"),
        "case list by number": ("market", f"/desk/cases/?q=QZ-2022-9{count // 10:07d}"),
    }


POSTS = {
    "window": "service.window",
    "market": "market.reviewer",
    "marketchief": "market.chief",
}


def measure(house: House, name: str, callers: list[Caller], path: str) -> None:
    """Ask one page by so many users and print what they waited."""

    async def send(caller: Caller) -> Answer:
        return await ask(house, caller, path)

    asyncio.run(use(callers[:1], 5, send))
    begun, before = time.perf_counter(), processor_seconds(house.supervisor)
    answers = asyncio.run(use(callers, ASKED // len(callers), send))
    rate = len(answers) / (time.perf_counter() - begun)
    spent = spent_between(before, processor_seconds(house.supervisor), len(answers))
    rows = answers[0].body.count(b"<tr")
    wrong = sum(answer.status != 200 for answer in answers)
    print(
        f"{name}, {len(callers)} at once: {summary(answers)}; {rate:.0f}/s, {rows} rows, "
        f"{wrong} refused; processor ms each: {spent}",
        flush=True,
    )


def main(count: int = 1_000_000) -> None:
    with run_house() as house:
        lay_out(house, make_citizens(1)[0], count)
        officials = {name: make_officials(name, post, 16) for name, post in POSTS.items()}
        for users in (1, 16):
            for name, (username, path) in pages(count).items():
                measure(house, name, officials[username][:users], path)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
