"""A citizen, a window clerk with two posts, and a register that knows the citizen."""

from collections.abc import Iterator
from datetime import date, datetime

import pytest
from django.core.cache import cache

from shuzheng.data.registers.operations import Row, record_values
from shuzheng.infrastructure.access.rules import system
from shuzheng.institutions.people.models import Assignment, Staff
from shuzheng.support.identity.models import Account
from shuzheng.support.identity.operations import (
    RegisterCheck,
    create_account,
    get_real_name_provider,
    use_real_name_provider,
)
from tests.cities import apply_kinds

PASSWORD = "shui-ting-men-1988"
ID_NUMBER = "330000198805219003"
PHONE = "13800001234"


@pytest.fixture(autouse=True)
def quick_passwords(settings) -> None:
    """Hash passwords quickly; how slowly they are hashed is Django's own test."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def register_check() -> Iterator[None]:
    """Let the register say who people are, as the demonstration does."""
    before = get_real_name_provider()
    use_real_name_provider(RegisterCheck())
    yield
    use_real_name_provider(before)


@pytest.fixture(autouse=True)
def forgotten_counts() -> None:
    """Forget what the framework counted in the test before."""
    cache.clear()


@pytest.fixture
def organisation(db, at: datetime) -> None:
    """Quzhou's departments, posts and staff."""
    apply_kinds("department", "post", "staff", at=at)
    staff = Staff.objects.get(number="QZ0001")
    Assignment.objects.create(staff=staff, post="service.supervisor", from_on=date(2026, 2, 1))


@pytest.fixture
def known_person(db, at: datetime) -> None:
    """陈小满 is in the persons register."""
    apply_kinds("register", at=at)
    card = {"id_number": ID_NUMBER, "name": "陈小满"}
    for dataset, values in (("police_persons", card), ("service_contacts", {"phone": PHONE})):
        record_values(
            register="persons",
            dataset=dataset,
            rows=[Row(ID_NUMBER, values, date(2026, 1, 12))],
            batch="b",
            by=system("tests"),
            at=at,
        )


@pytest.fixture
def account(db, at: datetime) -> Account:
    """A citizen's account with a password."""
    row = create_account(
        username="xiaoman",
        display_name="陈小满",
        password=PASSWORD,
        id_number=ID_NUMBER,
        by=system("tests"),
        at=at,
    )
    return Account.objects.get(public_id=row.id)


@pytest.fixture
def clerk(organisation: None, at: datetime) -> Account:
    """The account of a member of staff who holds two posts."""
    row = create_account(
        username="clerk",
        display_name="周晓岚",
        password=PASSWORD,
        staff_number="QZ0001",
        by=system("tests"),
        at=at,
    )
    return Account.objects.get(public_id=row.id)
