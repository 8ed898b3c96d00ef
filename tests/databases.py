"""Copies of the test database with a city in them; PostgreSQL copies a database in a moment."""

import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.db import connection, connections

from shuzheng.infrastructure.access.rules import system
from shuzheng.infrastructure.content.operations import apply_city


@dataclass(frozen=True)
class CityDatabases:
    """The plain test database, one with the city, and the copy a module works on."""

    plain: str
    with_city: str
    copy: str

    @classmethod
    def make(cls, city: Path) -> "CityDatabases":
        """Copy the test database and apply the city to the copy."""
        plain = connection.settings_dict["NAME"]
        assert plain.startswith("test_"), "mark the tests with django_db"
        made = cls(plain, f"{plain}_city", f"{plain}_copy")
        _copy(plain, made.with_city)
        _use(made.with_city)
        apply_city(
            folder=city,
            by=system("tests"),
            reason="tests",
            at=datetime(2026, 11, 23, tzinfo=UTC),
        )
        _use(plain)
        return made

    def enter(self) -> None:
        """Work on a fresh copy from now on."""
        _copy(self.with_city, self.copy)
        _use(self.copy)

    def leave(self) -> None:
        """Go back to the plain test database."""
        _use(self.plain)

    def drop(self) -> None:
        """Remove both copies."""
        for name in (self.with_city, self.copy):
            _maintain(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _copy(source: str, target: str) -> None:
    _close()
    _maintain(f'DROP DATABASE IF EXISTS "{target}" WITH (FORCE)')
    _maintain(f'CREATE DATABASE "{target}" TEMPLATE "{source}"')


def _use(name: str) -> None:
    _close()
    _forget()
    connection.settings_dict["NAME"] = name


def _forget() -> None:
    """Empty what queries remember by number: another database gives the same numbers again."""
    for module_name, module in list(sys.modules.items()):
        if module_name.startswith("shuzheng.") and ".queries" in module_name:
            for value in vars(module).values():
                if callable(clear := getattr(value, "cache_clear", None)):
                    clear()


def _close() -> None:
    connections.close_all()
    connection.close_pool()


def _maintain(statement: str) -> None:
    with connection._nodb_cursor() as cursor:
        cursor.execute(statement)
