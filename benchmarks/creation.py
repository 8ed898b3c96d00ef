"""Case creation through HTTP in open loop, with journal, seal and subscribers keeping up.

    python -m benchmarks.creation [seconds] [cases a second] [submissions a second]

Two requests are measured, each against the web process of a whole house on a private PostgreSQL:

* opened: ``POST /guide/open_restaurant/start/`` writes a case with its number and its entry;
* submitted: ``POST /apply/NUMBER/check/`` sends in a filled draft with its materials: everything
  is checked, the flow starts, the window gets its task, the receiving clock runs, and the worker
  tells window and applicant and issues the sealed receipt.

Nothing is lost when each answer is the redirect after success, as many cases stand as were sent,
and in the end every entry is numbered and sealed and no subscription is behind.
"""

import asyncio
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from benchmarks.client import Answer, arrive, ask, summary
from benchmarks.house import Caller, House, make_citizens, run_house
from benchmarks.processes import processor_seconds, spent_between

CITIZENS = 600
"""Twenty drafts a minute are allowed to each: 600 citizens may open 200 a second."""
WARM_UP = 30
CATCH_UP_SECONDS = 600


@dataclass(frozen=True)
class Prepared:
    """A filled draft and whose it is."""

    number: str
    caller: Caller


def measure(house: House, callers: list[Caller], seconds: int, rate: float) -> None:
    """Open cases."""

    async def send(place: int, due: float) -> Answer:
        caller = callers[place % len(callers)]
        return await ask(house, caller, "/guide/open_restaurant/start/", form={}, due=due)

    report(house, "opened", rate, int(seconds * rate), send, lambda: count_cases("draft"))


def measure_submissions(house: House, callers: list[Caller], seconds: int, rate: float) -> None:
    """Send filled drafts in."""
    count = int(seconds * rate)
    prepared = prepare_drafts(callers, count + WARM_UP)

    async def send(place: int, due: float) -> Answer:
        draft = prepared[place]
        path = f"/apply/{draft.number}/check/"
        return await ask(house, draft.caller, path, form={}, due=due)

    report(house, "submitted", rate, count, send, lambda: count_cases("submitted"))


def report(
    house: House,
    what: str,
    rate: float,
    count: int,
    send: Callable[..., object],
    stand: Callable[[], int],
) -> None:
    """Warm up, let the cases arrive, wait for the worker, say what came of it."""
    asyncio.run(arrive(WARM_UP, 10, lambda place, due: send(count + place, due)))  # type: ignore[arg-type,return-value]
    wait_for_the_worker()
    before, entries = stand(), count_entries()
    busy = processor_seconds(house.supervisor)
    answers = asyncio.run(arrive(count, rate, send))  # type: ignore[arg-type]
    ended, behind = time.perf_counter(), count_behind()
    good = sum(answer.status == 302 for answer in answers)
    caught_up = wait_for_the_worker() - ended
    spent = spent_between(busy, processor_seconds(house.supervisor), count)
    written = count_entries() - entries
    print(f"{what}: {count} at {rate:g}/s: {summary(answers)}")
    print(f"    answered well {good}, standing {stand() - before}, lost {count - good}")
    print(f"    {written / count:.1f} entries a case; {behind} deliveries left when the last came,")
    print(f"    all numbered, delivered and sealed {caught_up:.1f} s later")
    print(f"    processor ms a case: {spent}", flush=True)


def prepare_drafts(callers: list[Caller], count: int) -> list[Prepared]:
    """Fill one draft by the door of cases and lay out copies of it, each under its own key."""
    from benchmarks.moves import fill_draft

    from shuzheng.infrastructure.access.rules import Actor
    from shuzheng.support.cases.models import Attachment, Case
    from shuzheng.support.cases.operations.record.forms import read_form, write_form
    from shuzheng.support.cases.operations.record.numbers import next_number, receipt_code

    first = callers[0]
    by = Actor(kind="person", account=first.account, name=first.name, person=first.person)
    model = Case.objects.get(number=fill_draft(by, at=datetime.now(UTC)))
    form, files = read_form(model), list(model.attachments.all())
    copies = []
    for place in range(count):
        copy = Case(**{**_fields(model), "id": None})
        copy.number, copy.receipt_code = next_number(year=2026), receipt_code()
        copy.applicant_person = callers[place % len(callers)].person
        write_form(copy, form)
        copies.append(copy)
    Case.objects.bulk_create(copies, batch_size=500)
    Attachment.objects.bulk_create(
        Attachment(**{**_fields(file), "id": None, "case_id": copy.pk})
        for copy in copies
        for file in files
    )
    return [Prepared(each.number, callers[at % len(callers)]) for at, each in enumerate(copies)]


def _fields(row: object) -> dict[str, object]:
    fields = row._meta.concrete_fields  # type: ignore[attr-defined]  # noqa: SLF001
    return {field.attname: getattr(row, field.attname) for field in fields}


def count_cases(state: str) -> int:
    from shuzheng.support.cases.models import Case

    return Case.objects.filter(state=state).count()


def count_entries() -> int:
    from shuzheng.infrastructure.journal.models import Entry

    return Entry.objects.count()


def count_behind() -> int:
    """Count the deliveries that are still to be made, over all subscriptions."""
    from django.db import connection

    from shuzheng.infrastructure.journal.rules.entries import ANY_KIND, declared_subscriptions

    total = 0
    with connection.cursor() as cursor:
        for each in declared_subscriptions():
            kinds = None if ANY_KIND in each.kinds else list(each.kinds)
            cursor.execute(
                "SELECT count(*) FROM journal_entry WHERE (number IS NULL OR number > coalesce("
                "(SELECT number FROM journal_position WHERE subscription = %s), 0))"
                " AND (%s::text[] IS NULL OR kind = ANY(%s::text[]))",
                [each.name, kinds, kinds],
            )
            total += cursor.fetchone()[0]
            cursor.execute(
                "SELECT count(*) FROM journal_delivery WHERE subscription = %s", [each.name]
            )
            total += cursor.fetchone()[0]
    return total


def wait_for_the_worker() -> float:
    """Wait until nothing is left to number, deliver or seal; return the moment it was so."""
    from shuzheng.infrastructure.journal.queries import get_sealed_size

    until = time.perf_counter() + CATCH_UP_SECONDS
    while count_behind() or get_sealed_size() < count_entries():
        if time.perf_counter() > until:
            print(f"    NOT CAUGHT UP: {count_behind()} deliveries left")
            break
        time.sleep(0.1)
    return time.perf_counter()


def main(seconds: int = 30, rate: float = 100, submissions: float = 5) -> None:
    with run_house() as house:
        callers = make_citizens(CITIZENS)
        measure(house, callers, int(seconds), rate)
        measure_submissions(house, callers, int(seconds), submissions)


if __name__ == "__main__":
    main(*map(float, sys.argv[1:]))  # type: ignore[arg-type]
