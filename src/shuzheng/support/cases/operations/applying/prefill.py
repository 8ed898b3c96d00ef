"""Fill the form from the registers: each value says its source and its day."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from shuzheng.data.registers import operations as registers
from shuzheng.data.registers.queries import get_open_record, list_held
from shuzheng.data.registers.rules import Record, Value
from shuzheng.infrastructure.access.rules import Actor
from shuzheng.policy.refusals import gettext_noop
from shuzheng.support.cases.models import Case
from shuzheng.support.cases.rules import FormData, Provenance, fixed_fields, typed_value
from shuzheng.support.decisions.rules import compile_expression
from shuzheng.support.matters.queries import get_revision


def area_of(premises: str) -> str:
    """Return the area code of registered premises; empty if there are none."""
    if not premises:
        return ""
    return get_open_record(register="premises", reference=premises).text("area_code")


def fetch(
    case: Case, schema: Mapping[str, Any], form: FormData, *, by: Actor, at: datetime
) -> FormData:
    """Return the form with the registers' values where the applicant has entered nothing yet."""
    sources = _sources(case, schema, form, by=by, at=at)
    prefilled = {name: each.value for name, each in sources.items()}
    kept = _kept(form.values, form.sources, fixed_fields(schema))
    return replace(form, values={**prefilled, **kept}, sources={**form.sources, **sources})


def fetch_answers(
    case: Case, schema: Mapping[str, Any], form: FormData, *, by: Actor, at: datetime
) -> FormData:
    """Return the form with the answers that the registers can give about the chosen premises."""
    sources = _sources(case, schema, form, by=by, at=at)
    prefilled = {name: each.value for name, each in sources.items()}
    kept = _kept(form.answers, form.sources, fixed_fields(schema))
    return replace(form, answers={**prefilled, **kept}, sources={**form.sources, **sources})


def _sources(
    case: Case, schema: Mapping[str, Any], form: FormData, *, by: Actor, at: datetime
) -> dict[str, Provenance]:
    sources: dict[str, Provenance] = {}
    for (register, reference), names in _wanted(case, schema, form).items():
        fields = tuple(dict.fromkeys(names.values()))
        record = _read(case, register, reference, fields, by=by, at=at)
        for name, field in names.items():
            value = record.values.get(field)
            if value is not None and value.value:
                typed = typed_value(schema["properties"][name], value.value)
                sources[name] = _provenance(record, value, typed)
    return sources


def _read(
    case: Case, register: str, reference: str, fields: tuple[str, ...], *, by: Actor, at: datetime
) -> Record:
    """Read open facts freely, personal ones through the audited door."""
    if register == "premises":
        return get_open_record(register=register, reference=reference)
    return registers.read_record(
        register=register,
        reference=reference,
        fields=fields,
        purpose=gettext_noop("预填申请表"),
        case=case.number,
        clear=fields,
        by=by,
        at=at,
    )


def _provenance(record: Record, value: Value, typed: Any) -> Provenance:
    return Provenance(
        source=value.source,
        source_name=value.source_name,
        as_of=value.as_of.isoformat(),
        value=typed,
        register=record.register,
        reference=record.reference,
        register_field=value.field,
    )


def _kept(
    entered: Mapping[str, Any], sources: Mapping[str, Provenance], fixed: Collection[str]
) -> dict[str, Any]:
    """Return what the applicant typed: a value equal to the earlier source is fetched anew."""
    return {
        name: value
        for name, value in entered.items()
        if name not in fixed and (name not in sources or sources[name].value != value)
    }


def _wanted(
    case: Case, schema: Mapping[str, Any], form: FormData
) -> Mapping[tuple[str, str], dict[str, str]]:
    references = {
        "persons": case.applicant_person,
        "premises": str(form.answers.get("premises", "")),
        "legal_persons": _legal_person(case, form),
    }
    wanted: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for name, each in schema.get("properties", {}).items():
        source = each.get("x-source")
        if source and references.get(source["register"]):
            wanted[source["register"], references[source["register"]]][name] = source["field"]
    return wanted


def _legal_person(case: Case, form: FormData) -> str:
    """Return the enterprise the applicant already has, where the bundle asks about one."""
    bundle = get_revision(case.revision_id).bundle
    condition = bundle.legal_person_when if bundle else ""
    if not condition or not compile_expression(condition).evaluate(form.answers):
        return ""
    return next(iter(list_held(register="legal_persons", person=case.applicant_person)), "")
