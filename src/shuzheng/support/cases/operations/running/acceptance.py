"""Steps at the front: accepted, not accepted, deemed withdrawn."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from shuzheng.institutions.organisation import queries as organisation
from shuzheng.support.cases.models import Case
from shuzheng.support.cases.operations.record import payloads, periods, requests
from shuzheng.support.cases.operations.record.call import Call
from shuzheng.support.cases.operations.record.notes import note
from shuzheng.support.cases.rules import (
    ACCEPTED,
    DEEMED_WITHDRAWN,
    NOT_ACCEPTED,
    NotEntrusted,
)
from shuzheng.support.cases.rules.states import State, follow
from shuzheng.support.matters.queries import get_matter, get_revision
from shuzheng.support.matters.rules import entrustment_in_force


def accept(call: Call) -> Mapping[str, Any]:
    """Accept for all departments under their entrustments; the promise of the bundle starts.

    If nobody answered in time the case counts as accepted on the day it was received, entrusted
    or not (行政许可法 第三十二条第一款第四项).

    Raises:
        NotEntrusted: a department has entrusted nobody.
    """
    is_deemed = call.properties.get("deemed") == "true"
    call.case.state = follow(number=call.case.number, state=call.case.state, to=State.ACCEPTED)
    call.case.accepted_at = call.at
    received_at = call.case.submitted_at or call.at
    accepted_on = periods.today(received_at if is_deemed else call.at)
    bundle = get_revision(call.case.revision_id).bundle
    assert bundle is not None
    periods.stop_clocks(call.case, at=call.at, kind="receiving")
    if bundle.statutory_period:
        periods.start_clock(
            call.case, kind="statutory", period=bundle.statutory_period, started_on=accepted_on
        )
    clock = periods.start_clock(
        call.case, kind="promise", period=bundle.promised_period, started_on=accepted_on
    )
    told: dict[str, Any] = {
        "promised_on": clock.due_on.isoformat(),
        "entrustments": entrustments(call.case, on=accepted_on, is_required=not is_deemed),
        "is_deemed": is_deemed,
        "post": call.by.post,
    }
    note(ACCEPTED, call.case, by=call.by, at=call.at, **told)
    call.case.variables = {**call.case.variables, "accepted_on": accepted_on.isoformat()}
    _issue_notice(call, promised_on=clock.due_on)
    return {"accepted_on": accepted_on.isoformat(), "promised_on": clock.due_on.isoformat()}


def _issue_notice(call: Call, *, promised_on: date) -> None:
    payload = payloads.acceptance_notice(call.case, promised_on=promised_on, at=call.at)
    requests.request_service(
        call.case,
        "acceptance",
        "documents.issue",
        payload,
        is_awaited=False,
        by=call.by,
        at=call.at,
    )


def entrustments(case: Case, *, on: date, is_required: bool = True) -> list[str]:
    """Return the entrustments under which the window accepts for each department concerned.

    Raises:
        NotEntrusted: one is required and there is none in force.
    """
    bundle = get_revision(case.revision_id).bundle
    assert bundle is not None
    documents = []
    for key in case.variables.get("matters", ()):
        principal = get_matter(key, on=on).matter
        if principal is None or principal.department == bundle.department:
            continue
        found = entrustment_in_force(
            bundle.entrustments, principal=principal.department, agent=bundle.department, on=on
        )
        if found is not None:
            documents.append(found.document)
        elif is_required:
            name = organisation.get_department(principal.department).name
            raise NotEntrusted(principal=name)
    return documents


def decline(call: Call) -> Mapping[str, Any]:
    """End the case unaccepted; the written notice with reasons is issued by the flow."""
    call.case.state = follow(number=call.case.number, state=call.case.state, to=State.NOT_ACCEPTED)
    call.case.closed_at = call.at
    periods.stop_clocks(call.case, at=call.at)
    reason = call.case.variables.get("receive", {}).get("reason", "")
    note(NOT_ACCEPTED, call.case, by=call.by, at=call.at, reason=reason, post=call.by.post)
    payload = payloads.non_acceptance(call.case, reason=reason, at=call.at)
    requests.request_service(
        call.case,
        "non_acceptance",
        "documents.issue",
        payload,
        is_awaited=False,
        by=call.by,
        at=call.at,
    )
    return {"reason": reason}


def deem_withdrawn(call: Call) -> Mapping[str, Any]:
    """The deadline of the correction passed (浙江省保障“最多跑一次”改革规定 第十一条)."""
    call.case.state = follow(
        number=call.case.number, state=call.case.state, to=State.DEEMED_WITHDRAWN
    )
    call.case.closed_at = call.at
    periods.stop_clocks(call.case, at=call.at)
    note(DEEMED_WITHDRAWN, call.case, by=call.by, at=call.at)
    return {}
