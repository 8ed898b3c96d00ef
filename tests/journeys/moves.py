"""What people do in the stories, one move each, in a real browser."""

import re
import time
from collections.abc import Callable

from tests.journeys.people import People, Person
from tests.support.cases.play import paper

WAIT_SECONDS = 60


def until(person: Person, words: str) -> None:
    """Reload until the page shows the words: the worker is on its way."""
    end = time.monotonic() + WAIT_SECONDS
    while not person.reads(words):
        assert time.monotonic() < end, f"{words!r} never came on {person.page.url}"
        time.sleep(0.5)
        person.page.reload()


def find_guide(person: Person, words: str) -> None:
    """Search in one's own words and open the guide."""
    person.go("/")
    person.picture("home")
    person.fill("q", words)
    person.click("搜索")
    person.click("开饭店一件事")


def choose_place(person: Person, words: str) -> str:
    """Start, say where the place is, and return the case's number."""
    with person.page.expect_navigation(wait_until="load"):
        person.page.click('main form[action$="/start/"] button')
    person.fill("q", words)
    person.click("搜索")
    person.page.check("main input[name=premises] >> nth=0")
    person.picture("place")
    person.click("就是这里")
    found = re.search(r"/apply/([A-Z]+-\d{4}-\d{6})/", person.page.url)
    assert found, person.page.url
    return found.group(1)


def answer(person: Person, **answers: str) -> None:
    """Answer the questions that the register could not."""
    for name, value in answers.items():
        person.choose(name, value)
    person.picture("questions")
    person.check_access()
    person.click("看看要办什么")


def fill_in(
    person: Person, number: str, parts: dict[str, dict[str, str]], kinds: list[str]
) -> None:
    """Fill in every part of the form; what the registers know is there already."""
    for part, values in parts.items():
        person.go(f"/apply/{number}/form/{part}/")
        for name, value in values.items():
            person.fill(name, value)
        if part == "business":
            for kind in kinds:
                person.choose("food_kinds", kind)
        if part == "confirm":
            person.page.check("main input[name=is_truthful]")
        person.check_access()
        person.picture(f"form-{part}")
        person.click("保存，下一步")


def upload_everything(person: Person, number: str) -> None:
    """Give a file for each material asked for."""
    person.go(f"/apply/{number}/materials/")
    names = person.page.eval_on_selector_all(
        "main input[type=file]", "each => each.map(one => one.id.replace('file-', ''))"
    )
    for name in names:
        _upload(person, name, paper())
    person.check_access()
    person.picture("materials")


def upload_again(person: Person, number: str, name: str) -> None:
    """Give another file for a material."""
    person.go(f"/apply/{number}/materials/")
    _upload(person, name, paper().replace(b"200 200", b"210 297"))


def _upload(person: Person, name: str, content: bytes) -> None:
    person.page.set_input_files(
        f"#file-{name}",
        {"name": f"{name}.pdf", "mimeType": "application/pdf", "buffer": content},
    )
    with person.page.expect_navigation(wait_until="load"):
        person.page.locator(f"form:has(#file-{name}) button").click()


def submit(person: Person, number: str, words: str = "提交申请") -> None:
    """Look once more and submit."""
    person.go(f"/apply/{number}/check/")
    person.check_access()
    person.picture("check")
    person.click(words)


def do_task(
    person: Person, number: str, act: Callable[[Person], None], *, picture: str = ""
) -> None:
    """Open the task of a case from the inbox and do it."""
    person.go("/desk/")
    until(person, number)
    person.check_access()
    row = person.page.locator(f'main tr:has-text("{number}") a, main li:has-text("{number}") a')
    with person.page.expect_navigation(wait_until="load"):
        row.first.click()
    person.check_access()
    if picture:
        person.picture(picture)
    act(person)


def accept(person: Person) -> None:
    """Accept at the window."""
    person.click("受理")


def ask_correction(*items: str) -> Callable[[Person], None]:
    """Ask once for a correction of these things."""

    def act(person: Person) -> None:
        person.unfold("一次性告知补正")
        person.fill("items", "\n".join(items))
        person.click("一次性告知补正")

    return act


def review(person: Person) -> None:
    """Advise to grant."""
    person.choose("advice", "grant")
    person.fill("opinion", "材料齐全，符合条件。")
    person.click("提交意见")


def grant(person: Person) -> None:
    """Grant."""
    person.choose("ruling", "grant")
    person.click("作出决定")


def refuse(reasons: str) -> Callable[[Person], None]:
    """Refuse for these reasons."""

    def act(person: Person) -> None:
        person.choose("ruling", "refuse")
        person.fill("reasons", reasons)
        person.click("作出决定")

    return act


def record_visit(day: str) -> Callable[[Person], None]:
    """Record the joint visit."""

    def act(person: Person) -> None:
        person.fill("visited_on", day)
        person.fill("participants", "市场监管局 郑知远\n住建局 余若水\n综合执法局 汪思源")
        for field in person.page.locator("main textarea[name^=finding-]").all():
            field.fill("现场与申请一致。")
        person.click("记录核查结果")

    return act


def confirm_visit(person: Person, number: str) -> None:
    """Confirm from the inbox, as a second person, that one was at the visit."""
    person.go("/desk/")
    until(person, number)
    with person.page.expect_navigation(wait_until="load"):
        person.page.locator(f'main li:has-text("{number}") a').first.click()
    person.check_access()
    person.click("确认我参加了这次核查")


def everybody_grants(people: People, number: str, tasks: list[tuple[str, str]]) -> None:
    """Let each of the accounts do what waits for them, in order."""
    acts = {"review": review, "rule": grant}
    for account, act in tasks:
        do_task(people.be(account), number, acts[act])
