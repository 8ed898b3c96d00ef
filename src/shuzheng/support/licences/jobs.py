"""The worker's part: what flows ask for is issued and reported back to the case."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from shuzheng.infrastructure.access.rules import system
from shuzheng.infrastructure.journal.rules import Entry, declare_subscription
from shuzheng.policy.citations import Citation
from shuzheng.policy.refusals import Refusal
from shuzheng.support.licences.operations import (
    issue_document,
    issue_licence,
    remind_of_renewal,
    revoke_licence,
)
from shuzheng.support.licences.queries import list_licences_of_case
from shuzheng.support.licences.rules import DocumentRequest, LicenceRequest, LicenceState

_WORKER = system("licences")
_RETRY = RetryStrategy(max_attempts=5, exponential_wait=5)


def issue_what_flows_ask_for(entry: Entry) -> None:
    """Issue the licence or document of a ``case.service_requested`` entry, once, and report.

    What cannot be issued is reported too; somebody mends the cause and asks again.
    """
    issue = _ISSUERS.get(str(entry.facts.get("operation", "")))
    if issue is None:
        return
    # Licences know cases only here: cases never import licences.
    from shuzheng.support.cases.operations import (
        complete_service,
        refuse_service,
        take_service_request,
    )

    at = datetime.now(UTC)
    case, token = str(entry.facts["case"]), str(entry.facts["token"])
    payload = take_service_request(case_number=case, token=token, by=_WORKER, at=at)
    try:
        result = issue(payload, case, token, at)
    except Refusal as refusal:
        # Trying again by itself mends nothing: content, a seal or a fact is at fault.
        refuse_service(case_number=case, token=token, refusal=refusal, by=_WORKER, at=at)
        return
    complete_service(case_number=case, token=token, result=result, by=_WORKER, at=at)


def _issue_licence(facts: Mapping[str, Any], case: str, token: str, at: datetime) -> dict[str, str]:
    request = LicenceRequest(
        licence_type=facts["licence_type"],
        holder_name=facts["holder_name"],
        holder_reference=facts["holder_reference"],
        recipient=facts.get("recipient", ""),
        case=case,
        token=token,
        facts=facts["facts"],
        seal=facts["seal"],
    )
    licence = issue_licence(request, by=_WORKER, at=at)
    return {
        "licence": licence.code,
        "identifier": licence.identifier,
        "number": licence.number,
        "sha256": licence.sha256,
    }


def _issue_document(
    facts: Mapping[str, Any], case: str, token: str, at: datetime
) -> dict[str, str]:
    request = DocumentRequest(
        template=facts["template"],
        data=facts["data"],
        title=facts.get("title", ""),
        recipient=facts.get("recipient", ""),
        recipient_name=facts.get("recipient_name", ""),
        case=case,
        token=token,
        seal=facts["seal"],
    )
    document = issue_document(request, by=_WORKER, at=at)
    return {"document": document.code, "number": document.number, "sha256": document.sha256}


_ISSUERS: dict[str, Callable[[Mapping[str, Any], str, str, datetime], dict[str, str]]] = {
    "licences.issue": _issue_licence,
    "documents.issue": _issue_document,
}


def revoke_what_was_revoked(entry: Entry) -> None:
    """Revoke the licences of a case whose grant was revoked; done twice, nothing changes."""
    at = datetime.now(UTC)
    number = entry.subject.partition(":")[2]
    for licence in list_licences_of_case(number):
        if licence.state == LicenceState.IN_FORCE:
            revoke_licence(
                code=licence.code,
                reasons=str(entry.facts["reasons"]),
                citation=Citation.model_validate(entry.facts["citation"]),
                by=_WORKER,
                at=at,
            )


declare_subscription(
    "licences.revoke_what_was_revoked",
    kinds=("case.grant_revoked",),
    handler=revoke_what_was_revoked,
)
declare_subscription(
    "licences.issue_what_flows_ask_for",
    kinds=("case.service_requested",),
    handler=issue_what_flows_ask_for,
)


@app.periodic(cron="20 1 * * *")
@app.task(
    name="licences.remind_of_renewal", queueing_lock="licences.remind_of_renewal", retry=_RETRY
)
def remind_holders_of_renewal(timestamp: int) -> None:
    """Remind holders, every day, of licences that end soon."""
    remind_of_renewal(at=datetime.now(UTC))
