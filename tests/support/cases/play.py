"""The actors and moves of a restaurant's opening, for tests that play a part of it."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from shuzheng.data.registers import operations as registers
from shuzheng.data.registers.operations import Row
from shuzheng.data.registers.queries import reference_of
from shuzheng.infrastructure.access.rules import Actor, system
from shuzheng.infrastructure.journal.operations import run_pending
from shuzheng.institutions.organisation.queries import get_post
from shuzheng.support.cases import operations as cases
from shuzheng.support.cases import queries
from shuzheng.support.cases.models import Task
from shuzheng.support.cases.queries import Progress
from shuzheng.support.cases.rules import State

AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)
ID_NUMBER = "330000199001029014"
NOODLES: Mapping[str, Any] = {
    "building_use": "商业",
    "floor_area": 40,
    "makes_fumes": True,
    "subject": "existing",
    "drains": "property_manager",
    "signboard": "ordinary",
    "fire_commitment": True,
}
RESTAURANT: Mapping[str, Any] = {
    **NOODLES,
    "floor_area": 400,
    "subject": "new",
    "drains": "public_sewer",
}
FORM: Mapping[str, Any] = {
    "premises_address": "柯城区上街88号",
    "business_name": "柯城区水亭饭店",
    "seats": 80,
    "food_kinds": ["hot", "cold"],
    "manager_name": "王小明",
    "is_truthful": True,
}
MORE: Mapping[str, Any] = {
    "grease_trap_cubic_metres": 2.5,
    "advertising_square_metres": 20,
    "fire_exits": 2,
    "credit_code": "92330802MA28F0001J",
}


def paper() -> bytes:
    """A one-page PDF that a strict reader takes."""
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>",
    ]
    content, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(content))
        content += b"%d 0 obj%sendobj\n" % (number, part)
    start = len(content)
    content += b"xref\n0 4\n0000000000 65535 f \n"
    content += b"".join(b"%010d 00000 n \n" % place for place in places)
    return content + b"trailer<</Size 4/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % start


def wang() -> Actor:
    """A citizen whom the registers know."""
    row = Row(ID_NUMBER, {"id_number": ID_NUMBER, "name": "王小明"}, date(2026, 11, 20))
    contact = Row(
        ID_NUMBER,
        {"phone": "13800000001", "contact_address": "柯城区上街1号"},
        date(2026, 11, 19),
    )
    for dataset, each in (("police_persons", row), ("service_contacts", contact)):
        registers.record_values(
            register="persons",
            dataset=dataset,
            rows=[each],
            batch="test",
            by=system("tests"),
            at=AT,
        )
    reference = reference_of("persons", ID_NUMBER)
    return Actor(kind="person", account="account-wang", name="王小明", person=reference)


def on_post(code: str, account: str = "") -> Actor:
    """Somebody acting on a post of Quzhou with what the post may do."""
    post = get_post(code)
    return Actor(
        kind="official",
        account=account or f"account-{code}",
        name=f"{post.name}甲",
        post=post.code,
        department=post.department,
        areas=tuple(post.areas),
        permissions=frozenset(post.permissions),
    )


def draft(by: Actor, answers: Mapping[str, Any], *, at: datetime = AT, **form: Any) -> str:
    """Open a draft, answer, fill in and attach what is wanted."""
    number = cases.start_draft(bundle="open_restaurant", by=by, at=at)
    cases.answer_questions(number=number, answers=answers, by=by, at=at)
    fill_in(number, by, at=at, **form)
    return number


def fill_in(number: str, by: Actor, *, at: datetime = AT, **form: Any) -> None:
    """Fill in everything the form asks and attach every wanted material."""
    file = cases.open_case(number=number, purpose="", by=by, at=at)
    asked = file.schema["properties"]
    values = {name: value for name, value in {**FORM, **MORE, **form}.items() if name in asked}
    cases.save_draft(number=number, values=values, seen=None, by=by, at=at)
    for material in file.materials:
        cases.attach_file(
            number=number,
            material=material.key,
            content=paper(),
            filename=f"{material.key}.pdf",
            by=by,
            at=at,
        )


def submitted(by: Actor, answers: Mapping[str, Any], *, at: datetime = AT, **form: Any) -> str:
    """Open, fill in and submit."""
    number = draft(by, answers, at=at, **form)
    cases.submit_case(number=number, by=by, at=at)
    return number


def accepted(by: Actor, answers: Mapping[str, Any], *, at: datetime = AT, **form: Any) -> str:
    """Open, fill in, submit and have it accepted at the window."""
    number = submitted(by, answers, at=at, **form)
    cases.accept_case(task_id=task(number, "receive").pk, by=on_post("service.window"), at=at)
    return number


def task(number: str, element: str) -> Task:
    """Return the open task of a case at that element of its flow."""
    return Task.objects.get(case__number=number, element=element, state="open")


def member(number: str, matter: str) -> str:
    """Return the number of the bundle's case of that matter."""
    return next(
        each.case.number for each in progress(number).members if each.variables["matter"] == matter
    )


def progress(number: str, *, today: date = TODAY) -> Progress:
    """Return how far a case is."""
    found = queries.get_progress(number, today=today)
    assert found is not None
    return found


def confirm(number: str, *, at: datetime = AT) -> None:
    """Have a second person confirm the visit of a bundle."""
    cases.confirm_visit(number=number, by=on_post("market.chief", "second"), at=at)


def work_off(at: datetime = AT) -> None:
    """Let the worker do all that waits."""
    while run_pending(at=at):
        pass


def state(number: str) -> State:
    """Return the state of a case."""
    return State(progress(number).case.state)


def rule(number: str, *, is_granted: bool = True, reasons: str = "", at: datetime = AT) -> None:
    """Rule on a member on its department's post, and let the worker issue what follows."""
    found = task(number, "rule")
    cases.rule_matter(
        task_id=found.pk, is_granted=is_granted, reasons=reasons, by=on_post(found.post), at=at
    )
    work_off(at + timedelta(seconds=1))


def review(number: str, *, at: datetime = AT) -> None:
    """Give a reviewer's favourable opinion."""
    found = task(number, "review")
    cases.review_matter(
        task_id=found.pk,
        advises_grant=True,
        opinion="材料齐全，符合条件。",
        by=on_post(found.post),
        at=at,
    )
