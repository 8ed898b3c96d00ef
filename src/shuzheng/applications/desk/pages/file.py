"""The file of a case as officials read it: form with sources, materials, decisions, clocks."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext

from shuzheng.applications.desk.pages.begun import begun_of
from shuzheng.applications.desk.pages.frame import today
from shuzheng.applications.desk.pages.judgements import list_judgements
from shuzheng.applications.desk.pages.papers import papers_of
from shuzheng.data.registers.rules import MaskKind, mask
from shuzheng.infrastructure.access.rules import Actor
from shuzheng.infrastructure.web.operations import actor_of, in_english, listed
from shuzheng.infrastructure.web.rules import SummaryRow
from shuzheng.policy.refusals import gettext_noop
from shuzheng.support.cases.operations import CaseFile, open_case, papers_open_to
from shuzheng.support.cases.queries import Progress, get_progress
from shuzheng.support.cases.queries.consultations import (
    list_consultations,
    list_departments_to_ask,
    usual_answer_days,
)
from shuzheng.support.cases.queries.public_hearings import count_guests, list_hearing_orders
from shuzheng.support.cases.queries.recusal import list_recusals_of_case
from shuzheng.support.cases.rules import AUDIT_CASES, REVIEW_CASE, SUSPEND_CLOCK, CaseNotFound
from shuzheng.support.cases.rules.committing import CHECK_COMMITMENT
from shuzheng.support.cases.rules.consultations import ASK_OPINION
from shuzheng.support.cases.rules.extensions import ASK_EXTENSION
from shuzheng.support.cases.rules.following import matters_concerned
from shuzheng.support.cases.rules.remedies import KINDS, RECORD_REMEDY, RESULTS
from shuzheng.support.cases.rules.two_persons import CONFIRM_VISIT
from shuzheng.support.decisions.rules.entries import SEE_DECISIONS
from shuzheng.support.licences.rules import END_LICENCES, READ_LICENCES
from shuzheng.support.matters.queries import get_revision
from shuzheng.support.matters.rules import Extension, Material

CHECK_IDENTITY = gettext_noop("核对身份信息")
MASKED_FORMATS: Mapping[str, MaskKind] = {"citizen-id": "id_number", "mobile-phone": "phone"}


def file_context(request: HttpRequest, number: str, *, purpose: str) -> dict[str, Any]:
    """Open the file for a purpose, which the applicant can see, and return what pages show."""
    actor, at = actor_of(request), timezone.now()
    is_full = request.GET.get("show") == "full"
    file = open_case(number=number, purpose=CHECK_IDENTITY if is_full else purpose, by=actor, at=at)
    progress = get_progress(number, today=today())
    root = get_progress(file.number, today=today())
    if progress is None or root is None:
        raise CaseNotFound(number=number)
    matter = get_revision(progress.revision_id).matter
    return {
        "file": file,
        "progress": progress,
        "root": root,
        "begun": begun_of(root),
        "matter": matter,
        "provision": _provision(progress),
        "is_full": is_full,
        "entered": tuple(entered(file, is_full=is_full)),
        "differences": tuple(differences(file, is_full=is_full)),
        "titles": {each.variables.get("matter", ""): each.case.title for each in root.members},
        "to_follow": tuple(_to_follow(file)),
        "owed": tuple(_owed(root, progress)),
        "names": {each.key: each.name for each in file.materials},
        "judgements": list_judgements((file.number, number), on=today()),
        "papers": tuple(papers_of(root)),
        "open_papers": _open_papers(number, actor),
        "remedy_kinds": {kind.value: words for kind, words in KINDS.items()},
        "remedy_results": RESULTS,
        "opinion": progress.variables.get("review"),
        "recusals": list_recusals_of_case(number),
        "consultations": list_consultations(number, today=today()),
        "hearing_orders": list_hearing_orders(number),
        "guests": count_guests(number),
        "askable": _askable(progress, actor),
        "answer_days": usual_answer_days(due_on=progress.case.due_on, today=today()),
        "may_confirm": actor.may(CONFIRM_VISIT) and _awaits_second(root, actor),
        **_allowed(progress, actor),
    }


def _allowed(progress: Progress, actor: Actor) -> dict[str, bool]:
    """Say what the actor may do with the file; what changes it is for its own department."""
    is_own, is_open = actor.department == progress.case.department, _is_open(progress)
    return {
        "may_end_licences": actor.may(END_LICENCES),
        "may_audit": actor.may(AUDIT_CASES),
        "may_see_runs": actor.may(SEE_DECISIONS),
        "may_suspend": is_own and actor.may(SUSPEND_CLOCK) and is_open,
        "may_ask_extension": is_own and actor.may(ASK_EXTENSION) and _may_be_longer(progress),
        "may_lift_bar": is_own and actor.may(CHECK_COMMITMENT),
        "may_hear": is_own and actor.may(REVIEW_CASE) and is_open,
        "may_order_hearing": is_own and actor.may(REVIEW_CASE) and _may_be_ordered(progress),
        "may_record_remedy": is_own and actor.may(RECORD_REMEDY) and _is_contestable(progress),
        "may_set_aside": is_own and actor.may(REVIEW_CASE) and is_open,
    }


def _may_be_ordered(progress: Progress) -> bool:
    """Say whether the content lets the organ order a hearing, and none is to be held already."""
    matter, row = get_revision(progress.revision_id).matter, progress.hearing
    is_provided = bool(matter and matter.hearing and matter.hearing.own_motion)
    return is_provided and _is_open(progress) and not (row and row["asked_on"])


def _open_papers(number: str, actor: Actor) -> frozenset[str]:
    return papers_open_to(number=number, by=actor) if actor.may(READ_LICENCES) else frozenset()


def _askable(progress: Progress, actor: Actor) -> tuple[str, ...]:
    is_own = actor.department == progress.case.department
    if not (is_own and actor.may(ASK_OPINION) and _is_open(progress)):
        return ()
    return list_departments_to_ask(own=actor.department)


def _awaits_second(root: Progress, actor: Actor) -> bool:
    visit = root.visit
    return bool(visit and not visit["confirmed_at"] and visit["recorded_by"] != actor.account)


def _is_open(progress: Progress) -> bool:
    return progress.case.state == "accepted" and progress.ruling is None


def _is_contestable(progress: Progress) -> bool:
    ended = {"not_accepted", "acceptance_revoked"}
    return progress.ruling is not None or progress.case.state in ended


def _to_follow(file: CaseFile) -> Iterator[Material]:
    """Yield what is missing of what the guide lets follow."""
    given = {each.material for each in file.files}
    yield from (each for each in file.materials if each.may_follow and each.key not in given)


def _owed(root: Progress, progress: Progress) -> Iterator[str]:
    """Yield the materials without which this matter may not be granted yet."""
    row, matter = root.to_follow, progress.variables.get("matter", "")
    if row and not row["outcome"]:
        for each in row["materials"]:
            if matters_concerned([each], [matter]):
                yield each["name"]


def _may_be_longer(progress: Progress) -> bool:
    """Say whether the law allows an extension, and none was approved or waits."""
    earlier = {each.state for each in progress.extensions}
    return bool(_provision(progress)) and _is_open(progress) and not earlier & {"asked", "approved"}


def _provision(progress: Progress) -> Extension | None:
    revision = get_revision(progress.revision_id)
    value = revision.matter or revision.bundle
    return value.extension if value else None


def entered(file: CaseFile, *, is_full: bool) -> Iterator[SummaryRow]:
    """Yield what the applicant entered or the registers gave, each with its source.

    Who the person is and how to reach them stays masked unless `is_full`.
    """
    for name, each in file.schema["properties"].items():
        source = file.form.sources.get(name)
        value = file.form.values.get(name)
        is_fetched = source is not None and source.value == value
        yield SummaryRow(
            in_english(each["title"]),
            _shown(each, value, is_full=is_full),
            source=source.source_name if source and is_fetched else "",
            as_of=source.as_of if source and is_fetched else None,
        )


def differences(file: CaseFile, *, is_full: bool) -> Iterator[tuple[str, str, str]]:
    """Yield where the applicant's word differs: title, his value, the register's with source."""
    for name, claimed in file.form.differences().items():
        source = file.form.sources[name]
        each = file.schema["properties"].get(name, {"title": name})
        registered = _shown(each, source.value, is_full=is_full)
        origin = gettext("（%(source)s，%(day)s）") % {
            "source": in_english(source.source_name),
            "day": source.as_of,
        }
        yield in_english(each["title"]), _shown(each, claimed, is_full=is_full), registered + origin


def _shown(each: Mapping[str, Any], value: Any, *, is_full: bool) -> str:
    words = _in_words(each, value)
    kind = each.get("x-mask", MASKED_FORMATS.get(each.get("format", ""), ""))
    return words if is_full or value is None else mask(kind, words)


def _in_words(each: Mapping[str, Any], value: Any) -> str:
    labels = each.get("x-enum-labels", {})
    if value is None:
        return gettext("未填写")
    if isinstance(value, bool):
        return gettext("是") if value else gettext("否")
    if isinstance(value, list):
        return listed(in_english(str(labels.get(one, one))) for one in value)
    return in_english(str(labels.get(value, value)))
