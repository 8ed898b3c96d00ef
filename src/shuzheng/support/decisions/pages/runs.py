"""Why: a run with its inputs, the rules that decided, their clauses, and the version."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from shuzheng.infrastructure.web.operations import actor_of, page, requires
from shuzheng.support.decisions.operations import open_run
from shuzheng.support.decisions.pages.drawing import (
    draw_matched,
    draw_tables,
    draw_values,
    list_clauses,
)
from shuzheng.support.decisions.queries import get_version, replay_run
from shuzheng.support.decisions.rules import to_json
from shuzheng.support.decisions.rules.entries import SEE_DECISIONS


@requires(SEE_DECISIONS)
def show_run(request: HttpRequest, run: int) -> HttpResponse:
    """Show one run; that it was looked at is written down."""
    found = open_run(run=run, by=actor_of(request), at=timezone.now())
    version = get_version(found.version_id)
    numbers = {(rule.table, rule.number) for rule in found.matched}
    context = {
        "run": found,
        "version": version,
        "inputs": draw_values(found.inputs),
        "output": draw_values(found.output),
        "matched": draw_matched(found.matched),
        "judgement": draw_values(found.set_aside.value) if found.set_aside else (),
        "is_replayed": to_json(replay_run(run).value) == found.output,
        "tables": draw_tables(version, numbers),
        "clauses": list_clauses(version),
    }
    return page(request, "decisions/run.html", context)
