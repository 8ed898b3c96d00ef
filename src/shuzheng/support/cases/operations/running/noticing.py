"""Entries of the journal that open cases: taken once, opened by whoever carries messages."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from shuzheng.infrastructure.journal.rules import Entry
from shuzheng.institutions.calendar.queries import get_calendar
from shuzheng.support.cases.models import Case, FlowMessage
from shuzheng.support.cases.queries.starting import get_starter
from shuzheng.support.cases.rules.starts import start_by_entry
from shuzheng.support.matters.queries import list_unoffered
from shuzheng.support.matters.rules import Matter, Opening
from shuzheng.support.workflow.rules import WorkflowRefusal


@transaction.atomic
def notice_entry(*, entry: Entry, at: datetime) -> int:
    """Send an entry on its way to the flows of the matters it opens; returns to how many.

    A matter is opened by what was written while it was in force and said so, and by no case of its
    own. Where conditional starts are drawn, one of their conditions must be true. The same entry
    noticed again opens nothing more.
    """
    source = Case.objects.filter(number=entry.case).first() if entry.case else None
    rows = [
        FlowMessage(
            kind="entry",
            name=entry.kind,
            key=str(entry.id),
            payload=variables,
            from_case=source,
            opens=matter.key,
            source=f"entry:{entry.id}/{matter.key}",
            sent_at=entry.at,
            try_at=at,
        )
        for matter, opening in _openings(entry)
        if source is None or source.matter != matter.key
        for variables in (_variables(entry, opening),)
        if _may_begin(matter, variables, at)
    ]
    FlowMessage.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def _openings(entry: Entry) -> Iterator[tuple[Matter, Opening]]:
    on = get_calendar().local_day(entry.at)
    for revision in list_unoffered(on=on, at=entry.at):
        assert revision.matter is not None
        for opening in revision.matter.opened_by:
            if opening.entry == entry.kind:
                yield revision.matter, opening


def _variables(entry: Entry, opening: Opening) -> Mapping[str, Any]:
    return {each.variable: entry.facts.get(each.fact) for each in opening.facts}


def _may_begin(matter: Matter, variables: Mapping[str, Any], at: datetime) -> bool:
    """Say whether it is worth keeping: what cannot be decided is kept, and refused aloud."""
    starter = get_starter(matter.key, at=at)
    try:
        return starter is not None and start_by_entry(starter.version.flow, variables) is not None
    except WorkflowRefusal:
        return True
