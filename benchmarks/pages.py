"""Citizen pages against the budget: weight, requests, and time until usable on a slow phone.

    python -m benchmarks.pages

Chromium at a phone's width with its processor slowed four times, cache empty, on a local network
(loopback, no delay added). Usable is when the page can be read and its scripts have run: the end of
the load event, or of the last long task begun before it. Budget: 100 KB compressed, 20 requests,
1 s on first load.
"""

import os
import statistics
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from benchmarks.house import Caller, House, make_citizens, run_house
from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

CHROMIUM = os.environ.get("SHUZHENG_CHROMIUM", "/usr/bin/chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
SLOWER = 4
TIMES = 5
BYTES, REQUESTS, SECONDS = 100_000, 20, 1.0
USABLE = """() => {
    const load = performance.getEntriesByType("navigation")[0].loadEventEnd;
    const tasks = window.longTasks.filter(each => each.startTime <= load);
    return Math.max(load, ...tasks.map(each => each.startTime + each.duration));
}"""
WATCH = """window.longTasks = [];
new PerformanceObserver(list => window.longTasks.push(...list.getEntries()))
    .observe({type: "longtask", buffered: true});"""


def addresses(citizen: Caller) -> dict[str, str]:
    """Return the citizen pages: name → path; a draft and a submitted case are made for them."""
    from benchmarks.moves import fill_draft

    from shuzheng.infrastructure.access.rules import Actor
    from shuzheng.support.cases.operations import submit_case

    by = Actor(kind="person", account=citizen.account, name=citizen.name, person=citizen.person)
    at = datetime.now(UTC)
    draft, sent = fill_draft(by, at=at), fill_draft(by, at=at)
    submit_case(number=sent, by=by, at=at)
    return {
        "home": "/",
        "search": "/search/?q=我要开饭店",
        "guide": "/guide/open_restaurant/",
        "sign in": "/accounts/login/",
        "questions": f"/apply/{draft}/questions/",
        "materials": f"/apply/{draft}/materials/",
        "check": f"/apply/{draft}/check/",
        "my affairs": "/my/",
        "progress of a case": f"/my/cases/{sent}/",
    }


@contextmanager
def open_page(browser: Browser, house: House, caller: Caller | None) -> Iterator[Page]:
    """Open a fresh phone, signed in or not, with nothing in its cache."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    if caller:
        address = f"http://127.0.0.1:{house.port}"
        context.add_cookies([{"name": "sessionid", "value": caller.session, "url": address}])
    page = context.new_page()
    page.add_init_script(WATCH)
    yield page
    context.close()


def load(page: Page, address: str) -> tuple[int, int, float]:
    """Load once; return bytes over the wire, requests and seconds until usable."""
    session: CDPSession = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    sizes: list[int] = []
    session.on("Network.loadingFinished", lambda each: sizes.append(each["encodedDataLength"]))
    answer = page.goto(address, wait_until="networkidle")
    assert answer is not None
    assert answer.status == 200, address
    return int(sum(sizes)), len(sizes), page.evaluate(USABLE) / 1000


def measure(browser: Browser, house: House, caller: Caller, name: str, path: str) -> None:
    """Load a page several times afresh and print its weight and its median time."""
    loads = []
    for _ in range(TIMES):
        with open_page(browser, house, None if name == "sign in" else caller) as page:
            loads.append(load(page, f"http://127.0.0.1:{house.port}{path}"))
    size, requests = loads[0][:2]
    seconds = statistics.median(each[2] for each in loads)
    fits = size <= BYTES and requests <= REQUESTS and seconds <= SECONDS
    word = "within" if fits else "OVER"
    print(f"{name}: {size / 1000:.1f} KB, {requests} requests, usable {seconds:.2f} s: {word}")


def main() -> None:
    with run_house() as house:
        caller = make_citizens(1)[0]
        pages = addresses(caller)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            for name, path in pages.items():
                measure(browser, house, caller, name, path)
            browser.close()


if __name__ == "__main__":
    main()
