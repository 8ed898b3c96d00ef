"""The applicant's side before submission: start, say where, answer, fill in; nothing is lost."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db import transaction

from shuzheng.infrastructure.access.rules import Actor
from shuzheng.institutions.city.queries import get_city
from shuzheng.policy.refusals import NotPermitted, gettext_noop
from shuzheng.support.cases.models import Case
from shuzheng.support.cases.operations.applying import prefill
from shuzheng.support.cases.operations.applying.helping import check_applicant
from shuzheng.support.cases.operations.record import periods
from shuzheng.support.cases.operations.record.access import lock_own_case
from shuzheng.support.cases.operations.record.forms import read_form, write_form
from shuzheng.support.cases.operations.record.notes import note
from shuzheng.support.cases.operations.record.numbers import next_number, receipt_code
from shuzheng.support.cases.rules import (
    ASSESSED,
    DRAFTED,
    PREMISES_CHOSEN,
    SAVED,
    Edit,
    FieldIsFixed,
    FormData,
    FormIncomplete,
    NotABundle,
    RecordedElsewhere,
    decided_by_place,
    faults_of,
    fixed_fields,
    masked_name,
)
from shuzheng.support.cases.rules.states import State, require
from shuzheng.support.decisions import operations as decisions
from shuzheng.support.matters.queries import get_matter, get_revision, list_bundles_of
from shuzheng.support.matters.rules import Bundle
from shuzheng.support.workflow import queries as flows

EDITABLE = frozenset({State.DRAFT, State.CORRECTING})


class ApplicantUnknown(NotPermitted):
    """Only a person known by real name may apply (law.md 1.10)."""

    code = "applicant-unknown"
    template = gettext_noop("请先完成实名认证，再办理此事。")


def start_draft(
    *,
    bundle: str,
    applicant: str = "",
    applicant_name: str = "",
    by: Actor,
    at: datetime,
) -> str:
    """Open a draft for oneself, or as an agent for an applicant who is present; returns its number.

    Args:
        applicant: register reference of the person helped; empty for oneself.
        applicant_name: that person's name; empty for oneself.

    Raises:
        NotABundle: the key is a matter's, which is applied for with its bundle.
        ApplicantUnknown: the actor is no person known by real name.
        PostLacksPermission: the actor helps without the duty.
        ApplicantNotFound: the person helped has another name.
    """
    if applicant:
        check_applicant(applicant=applicant, name=applicant_name, by=by, at=at)
    elif by.kind != "person" or not by.person:
        raise ApplicantUnknown
    return _open_draft(bundle, applicant, applicant_name, by=by, at=at)


@transaction.atomic
def _open_draft(
    bundle: str, applicant: str, applicant_name: str, *, by: Actor, at: datetime
) -> str:
    revision = get_matter(bundle, on=periods.today(at))
    content = revision.bundle
    if content is None:
        raise NotABundle(matter=revision.title, bundles=_bundles_with(bundle, on=periods.today(at)))
    case = Case.objects.create(
        number=next_number(year=periods.today(at).year),
        revision_id=revision.id,
        flow_id=flows.get_flow(content.flow).id,
        matter=content.key,
        title=content.title,
        department=content.department,
        area=get_city().code,
        state=State.DRAFT,
        applicant_person=applicant or by.person,
        applicant_masked=masked_name(applicant_name or by.name),
        helper_post=by.post if applicant else "",
        helper_account=by.account if applicant else "",
        receipt_code=receipt_code(),
        created_at=at,
    )
    note(
        DRAFTED,
        case,
        by=by,
        at=at,
        is_helped=bool(applicant),
        helper=by.name if applicant else "",
        helper_post=case.helper_post,
    )
    return case.number


@transaction.atomic
def choose_premises(*, number: str, reference: str, by: Actor, at: datetime) -> tuple[str, ...]:
    """Say where the place is; what the register knows of the building answers some questions.

    What the place does not decide stays answered.

    Args:
        reference: of the premises register; empty if the place is not found there.

    Returns:
        The fields whose values belonged to the place before and were cleared.
    """
    case = lock_own_case(number, by)
    require(number=number, state=case.state, allowed={State.DRAFT}, action=gettext_noop("更换场所"))
    revision = get_revision(case.revision_id)
    decided = decided_by_place(revision.questions, revision.form)
    chosen, cleared = read_form(case).moved(reference, decided)
    write_form(case, prefill.fetch_answers(case, revision.questions, chosen, by=by, at=at))
    case.variables = {}
    case.area = prefill.area_of(reference) or get_city().code
    case.save(update_fields=["form_encrypted", "variables", "area"])
    note(PREMISES_CHOSEN, case, by=by, at=at, premises=reference, cleared=list(cleared))
    return cleared


@transaction.atomic
def answer_questions(
    *, number: str, answers: Mapping[str, Any], by: Actor, at: datetime
) -> Mapping[str, Any]:
    """Answer what decides which matters belong; returns verdict, reason and matters.

    Raises:
        FormIncomplete: an answer is missing or wrong.
    """
    case = lock_own_case(number, by)
    require(
        number=number, state=case.state, allowed={State.DRAFT}, action=gettext_noop("回答情形问题")
    )
    revision = get_revision(case.revision_id)
    bundle = bundle_of(case)
    require_valid(revision.questions, answers)
    form = read_form(case)
    place = {name: form.answers[name] for name in ("premises",) if name in form.answers}
    inputs = {**place, **answers}
    site = _decide(bundle.site_decision, inputs, case, by=by, at=at)
    matters = _decide(bundle.selection_decision, inputs, case, by=by, at=at)
    answered = replace(form, answers=dict(inputs))
    fetched = prefill.fetch(case, revision.form, answered, by=by, at=at)
    case.form_revision += 1
    changed = answered.changed(fetched.values, Edit(case.form_revision))
    write_form(case, replace(changed, sources=fetched.sources))
    case.variables = {
        **case.variables,
        "matters": list(matters.value or ()),
        "site_verdict": site.value,
        "site_run": site.id,
        "selection_run": matters.id,
        "answers": dict(inputs),
    }
    case.save()
    verdict = (site.value or {}).get("verdict", "")
    note(ASSESSED, case, by=by, at=at, verdict=verdict, matters=case.variables["matters"])
    return {"site": site.value, "matters": case.variables["matters"]}


@transaction.atomic
def save_draft(
    *, number: str, values: Mapping[str, Any], seen: Edit | None, by: Actor, at: datetime
) -> int:
    """Keep what was typed, right or wrong; returns the new revision of the form.

    Args:
        values: by field; None empties one, a field left out stays as it is.
        seen: the revision the page was filled from, and the page; None skips the comparison.

    Raises:
        FieldIsFixed: a value is another than the register's where only the register's will do.
        RecordedElsewhere: another page changed one of the fields since; nothing is overwritten.
    """
    case = lock_own_case(number, by)
    require(number=number, state=case.state, allowed=EDITABLE, action=gettext_noop("修改表单"))
    form = read_form(case)
    require_fixed(get_revision(case.revision_id).form, form, values)
    overwritten = form.overwritten(values, seen) if seen else ()
    if overwritten:
        raise RecordedElsewhere(fields=overwritten)
    case.form_revision += 1
    edit = Edit(case.form_revision, seen.page if seen else "", at.isoformat())
    write_form(case, form.changed(values, edit))
    case.save(update_fields=["form_encrypted", "form_revision"])
    note(SAVED, case, by=by, at=at, revision=case.form_revision)
    return case.form_revision


def require_fixed(schema: Mapping[str, Any], form: FormData, values: Mapping[str, Any]) -> None:
    """Refuse a word of one's own where only the register's will do: who somebody is.

    The applicant's word prevails over shared data (最多跑一次规定 第七条), not over the proof of
    who applies.

    Raises:
        FieldIsFixed: the first such field, by its title.
    """
    retold = form.retold(values, fixed_fields(schema))
    if retold:
        title = schema["properties"][retold[0]]["title"]
        raise FieldIsFixed(field=retold[0], title=title)


def require_valid(schema: Mapping[str, Any], values: Mapping[str, Any]) -> None:
    """Refuse values with faults; every fault is named.

    Raises:
        FormIncomplete: at least one field is missing or wrong.
    """
    faults = faults_of(schema, values)
    if faults:
        names = "、".join(dict.fromkeys(f"“{fault.title}”" for fault in faults))
        raise FormIncomplete(field=faults[0].field, faults=f"请检查{names}")


def _bundles_with(matter: str, *, on: date) -> str:
    titles = list_bundles_of(matter, on=on)
    return "、".join(f"“{title}”" for title in titles) or gettext_noop("“一件事”")


def bundle_of(case: Case) -> Bundle:
    """Return the bundle a root case was started from, in the case's own version."""
    bundle = get_revision(case.revision_id).bundle
    assert bundle is not None, "a root case is a bundle's"
    return bundle


def _decide(
    decision: str, inputs: Mapping[str, Any], case: Case, *, by: Actor, at: datetime
) -> Any:
    return decisions.decide(decision=decision, inputs=inputs, case=case.number, by=by, at=at)
