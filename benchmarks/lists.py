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

from benchmarks.client import Answer, ask, summary, use
from benchmarks.house import Caller, House, make_citizens, make_officials, run_house
from benchmarks.processes import processor_seconds, spent_between

ASKED = 96
"""Requests of each page, by one user or by all together."""
LAY_OUT = """
CREATE TEMP TABLE model AS
    SELECT row_number() OVER (ORDER BY id) - 1 AS place, *
    FROM cases_case WHERE number ~ %(number)s;
CREATE TEMP TABLE laid AS
    SELECT n, n + first.id AS id, n %% 5 AS place, first.id + n - n %% 5 AS root_id,
           n %% 7 = 0 AS is_open, timestamptz '2022-01-01' + n * interval '2 minutes' AS at
    FROM generate_series(0, %(count)s - 1) AS n,
         (SELECT max(id) + 1 AS id FROM cases_case) AS first;
INSERT INTO cases_case (id, number, root_id, root_token, revision_id, flow_id, matter, title,
    department, area, state, applicant_person, applicant_masked, helper_post, helper_account,
    flow_state, variables, form_encrypted, form_revision, receipt_code, created_at, submitted_at,
    accepted_at, closed_at, archived_sha256)
    SELECT laid.id, 'QZ-2022-9' || lpad((n / 5)::text, 7, '0')
                    || CASE laid.place WHEN 0 THEN '' ELSE '-' || laid.place END,
        CASE laid.place WHEN 0 THEN NULL ELSE laid.root_id END,
        model.root_token, revision_id, flow_id, matter, title, department, area,
        CASE WHEN is_open THEN 'accepted' ELSE 'closed' END,
        md5((n / 15)::text), applicant_masked, '', '',
        flow_state, variables, form_encrypted, form_revision, 'benchmark' || n, at, at, at,
        CASE WHEN is_open THEN NULL ELSE at + interval '9 days' END, ''
    FROM laid JOIN model USING (place);
INSERT INTO cases_task (case_id, token, element, name, duty, post, for_applicant, state, due_on,
    opened_at, claimed_by, claimed_name, done_by, done_name, done_at, outcome, escalated_to)
    SELECT laid.id, 'benchmark' || step, element, task.name, duty, task.post, false,
        CASE WHEN is_open AND step = 2 THEN 'open' ELSE 'done' END, current_date + n %% 15,
        at, '', '', '', '', NULL, '{}',
        CASE WHEN is_open AND step = 2 AND n %% 70 = 0 THEN 'market.chief' ELSE '' END
    FROM laid JOIN model USING (place) CROSS JOIN generate_series(1, 2) AS step
    JOIN (VALUES (0, 'receive', '收件审查', '', 'service.window'),
                 (1, 'rule', '作出决定', '', 'market.chief'),
                 (2, 'rule', '作出决定', '', 'fire.chief'),
                 (3, 'review', '审查材料', '', 'housing.reviewer'),
                 (4, 'review', '审查材料', '', 'market.reviewer'))
        AS task (place, element, name, duty, post) USING (place);
INSERT INTO cases_clock (case_id, kind, period, started_on, due_on, is_provisional, stopped_at)
    SELECT laid.id, clock.kind, clock.period, at::date, current_date + n %% 15, false,
        CASE WHEN is_open THEN NULL ELSE at END
    FROM laid JOIN model USING (place) JOIN cases_clock AS clock ON clock.case_id = model.id;
SELECT setval('cases_case_id_seq', (SELECT max(id) FROM cases_case));
"""


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
        cursor.execute(LAY_OUT, {"number": f"^{number}", "count": count})
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
