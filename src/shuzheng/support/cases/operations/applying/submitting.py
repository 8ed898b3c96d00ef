"""Hand the application in: complete, once, and the register is told where the word differs."""

from datetime import datetime

from django.db import transaction

from shuzheng.data.registers import operations as registers
from shuzheng.data.registers.queries import list_differences_of_case
from shuzheng.infrastructure.access.rules import Actor, system
from shuzheng.support.cases.models import Case
from shuzheng.support.cases.operations.applying.barring import require_not_barred
from shuzheng.support.cases.operations.applying.drafts import (
    bundle_of,
    require_fixed,
    require_valid,
)
from shuzheng.support.cases.operations.file.materials import given_materials, missing_materials
from shuzheng.support.cases.operations.record import payloads, periods, requests
from shuzheng.support.cases.operations.record.access import lock_own_case
from shuzheng.support.cases.operations.record.forms import read_form
from shuzheng.support.cases.operations.record.notes import note
from shuzheng.support.cases.operations.running.flow import Run
from shuzheng.support.cases.rules import (
    SUBMITTED,
    MaterialMissing,
    NothingSelected,
    QuestionsUnanswered,
    SiteForbidden,
    relevant_schema,
    text_value,
)
from shuzheng.support.cases.rules.states import State, follow
from shuzheng.support.matters.queries import get_revision


@transaction.atomic
def submit_case(*, number: str, is_site_objected: bool = False, by: Actor, at: datetime) -> str:
    """Submit the draft; its flow begins. A second submission changes nothing.

    Args:
        is_site_objected: the applicant asks for a person to look at the site's verdict.

    Returns:
        The code of the receipt.

    Raises:
        QuestionsUnanswered, SiteForbidden, NothingSelected, FieldIsFixed, FormIncomplete,
            MaterialMissing.
    """
    case = lock_own_case(number, by)
    if case.submitted_at is not None and case.state != State.DRAFT:
        return case.receipt_code
    _require_complete(case, is_site_objected=is_site_objected)
    require_not_barred(case, at=at)
    bundle = bundle_of(case)
    case.state = follow(number=number, state=case.state, to=State.SUBMITTED)
    case.submitted_at = at
    clock = periods.start_clock(
        case, kind="receiving", period=bundle.receiving_period, started_on=periods.today(at)
    )
    case.variables = {
        **case.variables,
        "is_site_objected": is_site_objected,
        "acceptance_deadline": periods.end_of(clock.due_on).isoformat(),
    }
    tell_registers(case, at=at)
    note(SUBMITTED, case, by=by, at=at)
    Run(case, case, by, at).start()
    payload = payloads.receipt(case, bundle, materials=_given(case), at=at)
    requests.request_service(
        case, "receipt", "documents.issue", payload, is_awaited=False, by=by, at=at
    )
    return case.receipt_code


def _given(case: Case) -> list[str]:
    return [each.name for each in given_materials(case)]


def _require_complete(case: Case, *, is_site_objected: bool) -> None:
    if "matters" not in case.variables:
        raise QuestionsUnanswered
    if not case.variables["matters"]:
        raise NothingSelected
    site = case.variables.get("site_verdict") or {}
    if site.get("verdict") == "prohibited" and not is_site_objected:
        raise SiteForbidden(reason=site.get("reason", ""))
    require_filled(case)


def require_filled(case: Case) -> None:
    """Refuse while the form has faults or a needed material is missing.

    Raises:
        FieldIsFixed, FormIncomplete, MaterialMissing.
    """
    schema = relevant_schema(get_revision(case.revision_id).form, case.variables["matters"])
    form = read_form(case)
    require_fixed(schema, form, form.values)
    require_valid(schema, form.values)
    require_main_materials(case)


def require_main_materials(case: Case) -> None:
    """Refuse while a material is missing that the guide does not let follow.

    Raises:
        MaterialMissing: one is.
    """
    missing = missing_materials(case)
    if missing:
        raise MaterialMissing(
            field=missing[0].key, materials="、".join(each.name for each in missing)
        )


def tell_registers(case: Case, *, at: datetime) -> None:
    """Report where the applicant's word differs; his own prevails in this case.

    Source: 浙江省保障“最多跑一次”改革规定 第七条第二款.
    """
    form = read_form(case)
    told = {(each.register, each.field) for each in list_differences_of_case(case.number)}
    for name, claimed in form.differences().items():
        source = form.sources[name]
        if not source.register or (source.register, source.register_field) in told:
            continue
        registers.report_difference(
            register=source.register,
            reference=source.reference,
            field=source.register_field,
            claimed=text_value(claimed),
            case=case.number,
            by=system("cases"),
            at=at,
        )
