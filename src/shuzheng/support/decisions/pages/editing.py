"""Changing a table in the browser: tried as one types, or by a button without script."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext

from shuzheng.infrastructure.web.operations import actor_of, page, requires, say
from shuzheng.support.decisions.operations import draft_decision
from shuzheng.support.decisions.pages.drawing import draw_changes, say_finding
from shuzheng.support.decisions.pages.rows import draw_rows, read_rows
from shuzheng.support.decisions.queries import (
    Version,
    get_decision,
    get_draft,
    get_model_text,
)
from shuzheng.support.decisions.rules import (
    Case,
    DecisionRefusal,
    DecisionUnknown,
    EditedRule,
    Examination,
    VersionOutdated,
    examine,
    read_cases,
    read_model,
    rewrite_rules,
    write_cases,
)
from shuzheng.support.decisions.rules.definitions import TableBox
from shuzheng.support.decisions.rules.entries import DRAFT_DECISION

MOST_CASE_TEXT = 100_000


@dataclass(frozen=True, slots=True)
class _Sent:
    """What somebody wrote, and what was found of it."""

    rows: tuple[EditedRule, ...]
    cases_text: str
    reasons: str
    draft: int | None
    xml: bytes
    cases: tuple[Case, ...]
    examination: Examination
    fault: str = ""

    @property
    def is_sound(self) -> bool:
        return not self.fault and self.examination.is_sound


@requires(DRAFT_DECISION)
def edit_decision(request: HttpRequest, key: str) -> HttpResponse:
    """Show the table as fields; check what was written, and save it as a draft if it is sound."""
    version = get_decision(key)
    if request.method != "POST":
        return page(request, "decisions/edit.html", _first(request, version))
    sent = _read(request.POST, version)
    fault = ""
    if "save" in request.POST and sent.is_sound:
        try:
            return redirect("decisions:draft", _save(request, version, sent))
        except DecisionRefusal as refusal:
            fault = say(refusal)
    context = _draw(version, sent, add="add" in request.POST) | {"fault": fault}
    is_fine = sent.is_sound and not fault
    return page(request, "decisions/edit.html", context, status=200 if is_fine else 422)


@requires(DRAFT_DECISION)
def check_decision(request: HttpRequest, key: str) -> HttpResponse:
    """Answer what is wrong with the table as it stands in the fields; nothing is kept."""
    version = get_decision(key)
    found = _draw_examination(_read(request.POST, version))
    return page(request, "decisions/examined.html", found)


def _save(request: HttpRequest, version: Version, sent: _Sent) -> int:
    return draft_decision(
        base=version.id,
        xml=sent.xml,
        cases=sent.cases,
        reasons=sent.reasons,
        draft=sent.draft,
        by=actor_of(request),
        at=timezone.now(),
    )


def _box_of(version: Version) -> TableBox:
    box = version.model.table_of(version.decision)
    if box is None:
        raise DecisionUnknown(name=version.decision)
    return box


def _first(request: HttpRequest, version: Version) -> dict[str, Any]:
    """Start from the version in force, or from a draft that was sent back."""
    box, cases, reasons, number = _box_of(version), version.cases, "", request.GET.get("draft", "")
    if number.isdecimal():
        draft = get_draft(int(number))
        box = read_model(draft.xml).table_of(version.decision) or box
        cases, reasons = draft.cases, draft.row.reasons
    return {
        "version": version,
        "draft": number,
        "cases": write_cases(cases),
        "reasons": reasons,
        **draw_rows(box),
    }


def _read(posted: QueryDict, version: Version) -> _Sent:
    """Read what was sent.

    Raises:
        VersionOutdated: another version is in force by now.
    """
    if posted.get("version") != str(version.id):
        raise VersionOutdated(title=version.title, number=version.number)
    rows = read_rows(posted, _box_of(version))
    text, number = posted.get("cases", ""), posted.get("draft", "")
    xml = rewrite_rules(get_model_text(version.id), version.decision, rows)
    cases, fault = _read_cases(text)
    found = examine(before=version.model, xml=xml, decision=version.decision, cases=cases)
    draft = int(number) if number.isdecimal() else None
    return _Sent(rows, text, posted.get("reasons", ""), draft, xml, cases, found, fault)


def _read_cases(text: str) -> tuple[tuple[Case, ...], str]:
    if len(text) > MOST_CASE_TEXT:
        return (), gettext("用例太长。")
    try:
        return read_cases(text), ""
    except ValueError as error:
        return (), gettext("用例不能读取：%(why)s") % {"why": error}


def _draw(version: Version, sent: _Sent, *, add: bool) -> dict[str, Any]:
    return {
        "version": version,
        "draft": sent.draft or "",
        "cases": sent.cases_text,
        "reasons": sent.reasons,
        **draw_rows(_box_of(version), sent.rows, add=add),
        **_draw_examination(sent),
    }


def _draw_examination(sent: _Sent) -> dict[str, Any]:
    return draw_examination(sent.examination) | {
        "case_fault": sent.fault,
        "is_sound": sent.is_sound,
    }


def draw_examination(found: Examination) -> dict[str, Any]:
    """Return what was found of a changed table, for ``decisions/examined.html``."""
    return {
        "is_examined": True,
        "is_sound": found.is_sound,
        "refusal": say(found.refusal) if found.refusal else "",
        "errors": [say_finding(each) for each in found.findings if each.severity == "error"],
        "warnings": [say_finding(each) for each in found.findings if each.severity != "error"],
        "outcomes": [(each.passed, each.name, say_finding(each)) for each in found.outcomes],
        "passed": sum(each.passed for each in found.outcomes),
        "changes": draw_changes(found.changes),
    }
