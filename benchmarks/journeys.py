"""Complete journeys of a restaurant, every licence and document sealed, and where the time goes.

    python -m benchmarks.journeys [journeys]

One process plays the applicant's, window's and departments' moves by the doors of the rooms and
does the worker's part in between, on the private PostgreSQL of a house whose own worker stands
still. A journey: four matters, a joint visit, two reviews, four rulings, its notices and licences.
"""

import cProfile
import pstats
import sys
import time

from benchmarks.house import Caller, make_citizens, run_house

PARTS = {
    "sealing (pyHanko)": ("support/seals/operations", "seal_pdf"),
    "rendering (typst)": ("support/documents/operations", "render_document"),
    "worker: subscribers, rendering, sealing": (
        "journal/operations/deliver.py",
        "deliver",
    ),
    "journal: append": ("journal/operations/append.py", "append_all"),
    "journal: number": ("journal/operations/sequence.py", "sequence"),
    "database, waiting and fetching": ("backends/utils.py", "execute"),
    "flow engine": ("support/workflow/rules", "advance"),
    "decisions": ("support/decisions/operations", "decide_within"),
}
"""What is summed up: name → (part of the file's path, function)."""


def play(citizen: Caller, count: int) -> None:
    from benchmarks.moves import play_restaurant

    from shuzheng.infrastructure.access.rules import Actor
    from shuzheng.support.licences.models import IssuedDocument, Licence

    by = Actor(kind="person", account=citizen.account, name=citizen.name, person=citizen.person)
    play_restaurant(by)
    sealed = IssuedDocument.objects.count() + Licence.objects.count()
    begun, busy = time.perf_counter(), time.process_time()
    for _ in range(count):
        play_restaurant(by)
    seconds, busy = time.perf_counter() - begun, time.process_time() - busy
    sealed = IssuedDocument.objects.count() + Licence.objects.count() - sealed
    print(f"{count} journeys in {seconds:.1f} s: {count / seconds:.2f}/s in one process,")
    print(f"    {sealed / count:g} sealed PDFs, {busy / count * 1000:.0f} ms of processor each")
    profile = cProfile.Profile()
    profile.runcall(play_restaurant, by)
    tell(pstats.Stats(profile))


def tell(stats: pstats.Stats) -> None:
    """Print the share of each part; parts overlap where one calls another."""
    found = stats.stats  # type: ignore[attr-defined]
    whole = max(row[3] for row in found.values())
    for name, (path, function) in PARTS.items():
        rows = [row for key, row in found.items() if path in key[0] and key[2] == function]
        seconds = sum(row[3] for row in rows)
        calls = sum(row[1] for row in rows)
        print(f"    {seconds / whole:5.0%}  {name} ({calls} calls)")


def main(count: int = 10) -> None:
    with run_house(is_served=False):
        play(make_citizens(1)[0], count)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
