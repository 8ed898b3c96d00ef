"""A correction as the window asks for it."""

from datetime import UTC, datetime

from shuzheng.infrastructure.journal.queries import list_entries_of_case

AFTER_DEADLINE = datetime(2026, 11, 30, 16, 0, tzinfo=UTC)
"""The first moment of 1 December in Quzhou; five working days after 23 November are over too."""


def entries(number: str, kind: str) -> list[dict[str, object]]:
    return [dict(each.facts) for each in list_entries_of_case(number) if each.kind == kind]
