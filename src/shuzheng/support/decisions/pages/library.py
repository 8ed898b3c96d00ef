"""The decisions of the city: their tables, versions, clauses, and a form to try them."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from shuzheng.infrastructure.access.rules import Actor
from shuzheng.infrastructure.web.operations import (
    actor_of,
    allow_style_attributes,
    attachment,
    bind_form,
    in_english,
    limited,
    page,
    public,
    read_form,
    say,
)
from shuzheng.infrastructure.web.rules import Cell, Table
from shuzheng.support.decisions.pages.days import end_of_day
from shuzheng.support.decisions.pages.drafts import draw_drafts
from shuzheng.support.decisions.pages.drawing import (
    draw_changes,
    draw_matched,
    draw_tables,
    draw_values,
    labels_for,
    list_clauses,
    say_finding,
)
from shuzheng.support.decisions.pages.notes import say_note
from shuzheng.support.decisions.pages.pictures import RULES_ARE_PUBLIC, draw_requirements
from shuzheng.support.decisions.pages.trying import form_of, read_inputs
from shuzheng.support.decisions.queries import (
    Version,
    get_decision,
    get_decision_on,
    get_draft_of_version,
    get_model_text,
    get_numbered_version,
    list_decisions,
    list_open_drafts,
    list_versions,
)
from shuzheng.support.decisions.rules import (
    DecisionRefusal,
    check_model,
    compare_models,
    owns,
    to_json,
)
from shuzheng.support.decisions.rules.entries import DRAFT_DECISION, SEE_DECISIONS


@public(reason=RULES_ARE_PUBLIC)
def show_index(request: HttpRequest) -> HttpResponse:
    """List the decisions in force."""
    rows = [
        [
            Cell(in_english(each.title), href=reverse("decisions:decision", args=[each.key])),
            gettext("第 %(number)s 版") % {"number": each.number},
            each.published_at,
        ]
        for each in list_decisions()
        if each.is_in_force
    ]
    columns = (gettext("决策"), gettext("版本"), gettext("发布时间"))
    table = Table(gettext("决策表"), columns, rows, empty=gettext("还没有发布决策表。"))
    drafts = draw_drafts() if actor_of(request).may(SEE_DECISIONS) else None
    return page(request, "decisions/index.html", {"table": table, "drafts": drafts})


@public(reason=RULES_ARE_PUBLIC)
@limited("60/m")
@allow_style_attributes
def show_decision(request: HttpRequest, key: str) -> HttpResponse:
    """Show the version in force, with a form to try it."""
    return _show(request, get_decision(key))


@public(reason=RULES_ARE_PUBLIC)
@limited("60/m")
@allow_style_attributes
def show_version(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Show one version, and what it changed."""
    return _show(request, get_numbered_version(key, number))


@public(reason=RULES_ARE_PUBLIC)
def find_version(request: HttpRequest, key: str) -> HttpResponse:
    """Lead to the version that was in force at the end of a day."""
    end = end_of_day(request.GET.get("day", ""))
    return redirect("decisions:version", key, get_decision_on(key, at=end).number)


@public(reason=RULES_ARE_PUBLIC)
def show_model(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Hand out the model of a version as it was published."""
    xml = get_model_text(get_numbered_version(key, number).id)
    return attachment(request, xml, f"{key}-{number}.dmn", "application/xml")


def _show(request: HttpRequest, version: Version) -> HttpResponse:
    schema = form_of(version)
    values, errors = read_form(schema, request.POST) if request.method == "POST" else ({}, ())
    tried = _try(version, values) if request.method == "POST" and not errors else {}
    bound = bind_form(schema, values=values, errors=tried.get("errors", errors))
    matched = {(rule.table, rule.number) for rule in tried.get("matched", ())}
    labels = labels_for(version)
    context = {
        "version": version,
        "tables": draw_tables(version.model, labels, matched, words=version.words),
        "requirements": draw_requirements(version.model, labels),
        "clauses": list_clauses(version),
        "findings": [say_finding(each) for each in check_model(version.model)],
        "behind": get_draft_of_version(version.id),
        "versions": _draw_versions(version),
        "changes": _changes(version),
        "may_draft": _may_draft(actor_of(request), version),
        "drafts": list_open_drafts(version.key) and draw_drafts(version.key)
        if actor_of(request).may(SEE_DECISIONS)
        else None,
        "bound": bound if schema["properties"] else None,
        **tried,
    }
    return page(request, "decisions/decision.html", context, status=422 if errors else 200)


def _may_draft(actor: Actor, version: Version) -> bool:
    return actor.may(DRAFT_DECISION) and owns(actor, version.department)


def _try(version: Version, values: dict[str, Any]) -> dict[str, Any]:
    """Decide without keeping anything; what is refused is said on the page."""
    inputs, errors = read_inputs(version, values)
    if errors:
        return {"errors": errors}
    try:
        result = version.model.decide(version.decision, inputs, at=timezone.localtime())
    except DecisionRefusal as refusal:
        return {"refusal": say(refusal)}
    labels = labels_for(version)
    return {
        "is_tried": True,
        "answer": draw_values(to_json(result.value), version),
        "matched": result.matched,
        "deciding": draw_matched(result.matched, labels),
        "notes": list(map(say_note, result.notes)),
    }


def _draw_versions(version: Version) -> Table:
    rows = [
        [
            Cell(
                gettext("第 %(number)s 版") % {"number": each.number},
                href=reverse("decisions:version", args=[version.key, each.number]),
            ),
            each.published_at,
            Cell(gettext("施行中"), tag="green")
            if each.is_in_force
            else Cell(gettext("已停用"), tag="grey"),
        ]
        for each in list_versions(version.key)
    ]
    return Table(gettext("历次版本"), (gettext("版本"), gettext("发布时间"), gettext("状态")), rows)


def _changes(version: Version) -> Table | None:
    if version.number == 1:
        return None
    before = get_numbered_version(version.key, version.number - 1)
    changes = compare_models(before.model, version.model)
    return draw_changes(changes, labels_for(version), gettext("这一版改了什么"))
