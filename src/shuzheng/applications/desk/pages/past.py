"""A case as it was: the list of its steps, and the whole of it after each."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from shuzheng.applications.desk.pages.case import purpose_of
from shuzheng.applications.desk.pages.frame import frame
from shuzheng.applications.desk.pages.inbox import official_of
from shuzheng.infrastructure.web.operations import page, signed_in
from shuzheng.support.cases.operations import open_case_at, require_readable
from shuzheng.support.cases.queries.past import CaseAt, StepRow, list_steps
from shuzheng.support.cases.rules.history import HistoryUnknown
from shuzheng.support.cases.rules.starts import CAUSE

DAMAGED = 18
"""Digits of the largest key that fits the database."""


@signed_in
def past(request: HttpRequest, number: str) -> HttpResponse:
    """Show a case as it was after one of its steps; the last if none is chosen."""
    by, at = official_of(request), timezone.now()
    require_readable(number=number, by=by)
    steps = list_steps(number)
    chosen = _chosen(request, steps)
    moment = chosen.at if chosen else at
    then = open_case_at(
        number=number,
        moment=moment,
        step=chosen.id if chosen else None,
        purpose=purpose_of(by),
        by=by,
        at=at,
    )
    context = {
        **frame(request),
        "then": then,
        "has_applicant": CAUSE not in then.variables,
        "steps": steps,
        "chosen": chosen,
        "data": _rows(then),
    }
    return page(request, "desk/past.html", context)


def _chosen(request: HttpRequest, steps: tuple[StepRow, ...]) -> StepRow | None:
    """Return the step asked for by its id; several of one moment are seen together."""
    asked = request.GET.get("step", "")
    if not steps:
        return None
    if not asked:
        return steps[-1]
    found = [each for each in steps if asked == str(each.id)]
    if not found:
        raise HistoryUnknown(number=asked[:DAMAGED])
    return found[0]


def _rows(then: CaseAt) -> list[tuple[str, str]]:
    return [(name, _said(value)) for name, value in sorted(then.variables.items())]


def _said(value: Any) -> str:
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False)
