"""The file of a case as officials read it: form with sources, materials, decisions, clocks."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext

from shuzheng.applications.desk.pages.frame import today
from shuzheng.infrastructure.web.operations import actor_of
from shuzheng.infrastructure.web.rules import SummaryRow
from shuzheng.support.cases.operations import CaseFile, open_case
from shuzheng.support.cases.queries import Progress, get_progress
from shuzheng.support.cases.rules import REVIEW_CASE, SUSPEND_CLOCK, CaseNotFound
from shuzheng.support.decisions.queries import list_runs_of_case
from shuzheng.support.licences.queries import list_documents_of_case, list_licences_of_case
from shuzheng.support.matters.queries import get_revision


def file_context(request: HttpRequest, number: str, *, purpose: str) -> dict[str, Any]:
    """Open the file for a purpose, which the applicant can see, and return what pages show."""
    actor, at = actor_of(request), timezone.now()
    file = open_case(number=number, purpose=purpose, by=actor, at=at)
    progress = get_progress(number, today=today())
    root = get_progress(file.number, today=today())
    if progress is None or root is None:
        raise CaseNotFound(number=number)
    numbers = (root.case.number, *(each.case.number for each in root.members))
    matter = get_revision(progress.revision_id).matter
    is_own = actor.department == progress.case.department
    return {
        "file": file,
        "progress": progress,
        "root": root,
        "matter": matter,
        "entered": tuple(entered(file)),
        "differences": tuple(differences(file)),
        "titles": {each.variables.get("matter", ""): each.case.title for each in root.members},
        "names": {each.key: each.name for each in file.materials},
        "runs": [
            run for one in dict.fromkeys((file.number, number)) for run in list_runs_of_case(one)
        ],
        "documents": [each for one in numbers for each in list_documents_of_case(one)],
        "licences": [each for one in numbers for each in list_licences_of_case(one)],
        "may_suspend": is_own and actor.may(SUSPEND_CLOCK) and _is_open(progress),
        "may_set_aside": is_own and actor.may(REVIEW_CASE) and _is_open(progress),
        "opinion": progress.variables.get("review"),
    }


def _is_open(progress: Progress) -> bool:
    return progress.case.state == "accepted" and progress.ruling is None


def entered(file: CaseFile) -> Iterator[SummaryRow]:
    """Yield what the applicant entered or the registers gave, each with its source."""
    for name, each in file.schema["properties"].items():
        source = file.form.sources.get(name)
        value = file.form.values.get(name)
        is_fetched = source is not None and source.value == value
        yield SummaryRow(
            each["title"],
            _in_words(each, value),
            source=source.source_name if source and is_fetched else "",
            as_of=source.as_of if source and is_fetched else None,
        )


def differences(file: CaseFile) -> Iterator[tuple[str, Any, str]]:
    """Yield where the applicant's word differs: title, his value, the register's with source."""
    for name, claimed in file.form.differences().items():
        source = file.form.sources[name]
        title = file.schema["properties"].get(name, {}).get("title", name)
        yield title, claimed, f"{source.value}({source.source_name},{source.as_of})"


def _in_words(each: Mapping[str, Any], value: Any) -> str:
    labels = each.get("x-enum-labels", {})
    if value is None:
        return gettext("未填写")
    if isinstance(value, bool):
        return gettext("是") if value else gettext("否")
    if isinstance(value, list):
        return "、".join(str(labels.get(one, one)) for one in value)
    return str(labels.get(value, value))
