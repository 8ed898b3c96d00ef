"""Changing a table in the browser without script: check it, run its examples, publish it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from shuzheng.infrastructure.web.operations import actor_of, page, requires
from shuzheng.support.decisions.operations import publish_decision
from shuzheng.support.decisions.pages.rows import draw_rows, read_rows
from shuzheng.support.decisions.queries import Version, get_decision, get_model_text
from shuzheng.support.decisions.rules import (
    DecisionRefusal,
    DecisionUnknown,
    VersionOutdated,
    check_model,
    compare_tables,
    read_model,
    rewrite_rules,
    run_cases,
)
from shuzheng.support.decisions.rules.entries import PUBLISH_DECISION


@requires(PUBLISH_DECISION)
def edit_decision(request: HttpRequest, key: str) -> HttpResponse:
    """Show the table as fields; check what was written, and publish it if it is sound."""
    version = get_decision(key)
    box = version.model.table_of(version.decision)
    if box is None:
        raise DecisionUnknown(name=version.decision)
    if request.method != "POST":
        return page(request, "decisions/edit.html", {"version": version, **draw_rows(box)})
    if request.POST.get("version") != str(version.id):
        raise VersionOutdated(title=version.title, number=version.number)
    rows = read_rows(request.POST, box)
    found = _examine(version, rewrite_rules(get_model_text(version.id), version.decision, rows))
    if "publish" in request.POST and found["is_sound"]:
        publish_decision(
            key=key,
            title=version.title,
            xml=found["xml"],
            decision=version.decision,
            citations=version.citations,
            optional=version.optional,
            cases=version.cases,
            by=actor_of(request),
            at=timezone.now(),
        )
        return redirect("decisions:decision", key)
    context = {"version": version, **draw_rows(box, rows, add="add" in request.POST), **found}
    return page(request, "decisions/edit.html", context, status=200 if found["is_sound"] else 422)


def _examine(version: Version, xml: bytes) -> dict[str, Any]:
    """Say what is wrong with a text, how its examples come out, and what it would change."""
    try:
        model = read_model(xml)
    except DecisionRefusal as refusal:
        return {"is_examined": True, "is_sound": False, "refusal": str(refusal), "xml": xml}
    findings = check_model(model)
    outcomes = tuple(run_cases(model, version.decision, version.cases))
    wrong = [each for each in findings if each.severity == "error"]
    return {
        "is_examined": True,
        "is_sound": not wrong and all(each.passed for each in outcomes),
        "findings": findings,
        "outcomes": outcomes,
        "changes": compare_tables(version.model, model),
        "xml": xml,
    }
