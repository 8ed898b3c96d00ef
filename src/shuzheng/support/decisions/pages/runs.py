"""Why: a run with its inputs, the rules that decided, their clauses, and the version."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from shuzheng.infrastructure.web.operations import actor_of, page, requires, say
from shuzheng.support.decisions.operations import open_run
from shuzheng.support.decisions.pages.days import end_of_day
from shuzheng.support.decisions.pages.drawing import (
    draw_matched,
    draw_tables,
    draw_values,
    labels_for,
    list_clauses,
)
from shuzheng.support.decisions.pages.notes import say_note
from shuzheng.support.decisions.queries import (
    Run,
    get_decision_on,
    get_version,
    replay_run,
)
from shuzheng.support.decisions.rules import DecisionRefusal, to_json
from shuzheng.support.decisions.rules.entries import SEE_DECISIONS


@requires(SEE_DECISIONS)
def show_run(request: HttpRequest, run: int) -> HttpResponse:
    """Show one run; that it was looked at is written down."""
    found = open_run(run=run, by=actor_of(request), at=timezone.now())
    version = get_version(found.version_id)
    numbers = {(rule.table, rule.number) for rule in found.matched}
    labels = labels_for(version)
    day = request.GET.get("day", "")
    context = {
        "run": found,
        "version": version,
        "inputs": draw_values(found.inputs, version),
        "notes": list(map(say_note, found.notes)),
        "output": draw_values(found.output, version),
        "matched": draw_matched(found.matched, labels),
        "judgement": draw_values(found.set_aside.value, version) if found.set_aside else (),
        "is_replayed": to_json(replay_run(run).value) == found.output,
        "tables": draw_tables(version.model, labels, numbers, words=version.words),
        "clauses": list_clauses(version),
        "day": day,
        **(_on_day(found, day) if day else {}),
    }
    return page(request, "decisions/run.html", context)


def _on_day(run: Run, day: str) -> dict[str, Any]:
    """Decide the same inputs by the version that was in force on another day."""
    try:
        version = get_decision_on(run.decision, at=end_of_day(day))
        result = replay_run(run.id, version=version.id)
    except DecisionRefusal as refusal:
        return {"day_refusal": say(refusal)}
    labels = labels_for(version)
    return {
        "day_version": version,
        "day_output": draw_values(to_json(result.value), version),
        "day_matched": draw_matched(result.matched, labels),
        "is_same_on_day": to_json(result.value) == run.output,
    }
