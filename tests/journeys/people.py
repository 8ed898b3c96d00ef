"""People at a browser: each has a session of their own, on a phone or at a desk."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.houses import House
from tests.journeys.english import READ, unknown_of

PROJECT = Path(__file__).resolve().parents[2]
PICTURES = PROJECT / "docs" / "images"
AXE = PROJECT / "src/shuzheng/infrastructure/web/frontend/node_modules/axe-core/axe.min.js"
CHROMIUM = os.environ.get("SHUZHENG_CHROMIUM", "/usr/bin/chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
WIDTHS = {"phone": {"width": 390, "height": 844}, "desk": {"width": 1280, "height": 900}}
SERIOUS = {"serious", "critical"}


@dataclass
class Person:
    """Somebody with a browser of their own."""

    house: House
    page: Page
    width: str
    faults: list[str] = field(default_factory=list)
    reads_english: bool = False

    def go(self, address: str) -> None:
        """Open an address of the house."""
        self.page.goto(self.house.address + address)

    def click(self, words: str) -> None:
        """Press the button or follow the link of these words, and wait for the next page."""
        target = self.page.locator(
            f'main button:has-text("{words}"), main a:has-text("{words}")'
        ).first
        with self.page.expect_navigation(wait_until="load"):
            target.click()

    def unfold(self, words: str) -> None:
        """Open the details of these words."""
        self.page.locator(f'main summary:has-text("{words}")').first.click()

    def choose(self, name: str, value: str) -> None:
        """Choose a radio or checkbox by the field's name and value."""
        self.page.check(f'main input[name="{name}"][value="{value}"]')

    def fill(self, name: str, value: str) -> None:
        """Type into a field."""
        self.page.fill(f'main [name="{name}"]', value)

    def reads(self, words: str) -> bool:
        """Say whether the page shows the words."""
        return words in self.page.inner_text("main")

    def sign_in(self, name: str) -> None:
        """Sign in with a demonstration account."""
        self.go("/accounts/login/")
        self.fill("login", name)
        self.fill("password", self.house.password)
        with self.page.expect_navigation(wait_until="load"):
            self.page.keyboard.press("Enter")

    def picture(self, name: str) -> None:
        """Keep a picture for the README, if pictures are wanted."""
        if os.environ.get("SHUZHENG_PICTURES") == "1":
            PICTURES.mkdir(parents=True, exist_ok=True)
            self.page.evaluate("window.scrollTo(0, 0)")
            self.page.screenshot(path=PICTURES / f"{name}-{self.width}.png")

    def check_access(self) -> None:
        """Let axe look at the page; nothing serious may be found, nor Chinese in its English."""
        self.page.evaluate(AXE.read_text())
        found = self.page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
        self.faults += [
            f"{self.page.url}: {each['id']} {each['nodes'][0]['html'][:120]}"
            for each in found["violations"]
            if each["impact"] in SERIOUS
        ]
        if self.reads_english:
            self.faults += unknown_of(self.page.url, *self.page.evaluate(READ))


@dataclass
class People:
    """Everybody of a story."""

    house: House
    browser: Browser
    reads_english: bool = False
    everybody: dict[str, Person] = field(default_factory=dict)

    def be(self, name: str, width: str = "desk") -> Person:
        """Return the person with that account, signed in."""
        if name not in self.everybody:
            context = self.browser.new_context(viewport=WIDTHS[width], locale="zh-CN")
            page = context.new_page()
            page.set_default_timeout(30_000)
            person = Person(self.house, page, width, reads_english=self.reads_english)
            person.sign_in(name)
            self.everybody[name] = person
        return self.everybody[name]

    def visitor(self, width: str = "desk") -> Person:
        """Return somebody who is not signed in."""
        context = self.browser.new_context(viewport=WIDTHS[width], locale="zh-CN")
        return Person(self.house, context.new_page(), width, reads_english=self.reads_english)

    @property
    def faults(self) -> list[str]:
        """What axe found anywhere."""
        return [fault for person in self.everybody.values() for fault in person.faults]


@contextmanager
def people_of(house: House, *, reads_english: bool = False) -> Iterator[People]:
    """Open a browser for the people of a story; each page looked at is read in English too."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield People(house, browser, reads_english)
        browser.close()
