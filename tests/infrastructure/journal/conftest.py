"""What the journal's tests share: a log of their own, entries, subscriptions that are forgotten."""

from collections.abc import Callable
from uuid import UUID

import pytest

from shuzheng.infrastructure.journal import models, operations
from shuzheng.infrastructure.journal.queries import log
from shuzheng.infrastructure.journal.rules import declare_entry_kind, entries

HAPPENED = declare_entry_kind("testing.happened", "发生了一件事")
READ = declare_entry_kind("testing.read", "查看了个人信息")


@pytest.fixture(autouse=True)
def no_subscriptions(monkeypatch):
    """Hide the house's subscriptions: each test declares what it needs."""
    monkeypatch.setattr(entries, "_subscriptions", {})


@pytest.fixture
def log_folder(tmp_path, monkeypatch):
    """Give the test a log of its own."""
    monkeypatch.setattr(log, "_place", {})
    operations.use_folder(tmp_path / "log", origin="example.org/journal")
    return tmp_path / "log"


@pytest.fixture
def write(db, citizen, at) -> Callable[..., UUID]:
    """Append an entry; everything has a default."""

    def write(subject: str = "case:1", **values) -> UUID:
        return operations.append(
            **{"actor": citizen, "kind": HAPPENED, "subject": subject, "at": at, **values}
        )

    return write


@pytest.fixture
def numbers() -> Callable[[], list[int | None]]:
    """Return the numbers of all entries in the order they were written."""

    def numbers() -> list[int | None]:
        rows = models.Entry.objects.order_by("arrival")
        return list(rows.values_list("number", flat=True))

    return numbers
