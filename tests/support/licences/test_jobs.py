from types import SimpleNamespace
from uuid import uuid4

import pytest

from shuzheng.infrastructure.journal.rules import Entry
from shuzheng.support.licences.jobs import issue_what_flows_ask_for
from shuzheng.support.licences.models import IssuedDocument, Licence
from tests.support.licences.conftest import FACTS

LICENCE = {
    "licence_type": "food_licence",
    "holder_name": "衢州市柯城区水亭面馆",
    "holder_reference": "legal-person-1",
    "recipient": "person-1",
    "facts": FACTS,
    "seal": "market",
}
DOCUMENT = {
    "template": "ruling_grant",
    "title": "准予食品经营许可决定书",
    "data": {"applicant": "王小明", "matter": "食品经营许可", "number": "QZ-2026-000001-1"},
    "seal": "market",
    "recipient": "person-1",
    "recipient_name": "王小明",
}


@pytest.fixture
def cases(monkeypatch):
    """Stand in for the door of cases: one request waits, what is reported back is kept."""
    kept = SimpleNamespace(payload={}, reported=[])

    def take(*, case_number, token, by, at):
        assert by.kind == "system"
        return kept.payload

    def complete(*, case_number, token, result, by, at):
        kept.reported.append((case_number, token, result))

    monkeypatch.setattr("shuzheng.support.cases.operations.take_service_request", take)
    monkeypatch.setattr("shuzheng.support.cases.operations.complete_service", complete)
    return kept


def asked(operation: str, at) -> Entry:
    facts = {"operation": operation, "case": "QZ-2026-000001-1", "token": "t7"}
    return Entry(
        1, uuid4(), "case.service_requested", "case:QZ", "system", "", "", "", at, facts, "", "", ""
    )


def test_a_licence_that_a_flow_asks_for_is_issued_once_and_reported_every_time(register, cases, at):
    cases.payload = LICENCE
    issue_what_flows_ask_for(asked("licences.issue", at))
    issue_what_flows_ask_for(asked("licences.issue", at))
    licence = Licence.objects.get()
    assert licence.case == "QZ-2026-000001-1"
    result = {
        "licence": licence.code,
        "identifier": licence.identifier,
        "number": licence.number,
        "sha256": licence.sha256,
    }
    assert cases.reported == [("QZ-2026-000001-1", "t7", result)] * 2


def test_a_document_that_a_flow_asks_for_is_issued_once(register, cases, at):
    cases.payload = DOCUMENT
    issue_what_flows_ask_for(asked("documents.issue", at))
    issue_what_flows_ask_for(asked("documents.issue", at))
    document = IssuedDocument.objects.get()
    assert document.title == "准予食品经营许可决定书"
    assert cases.reported[0][2]["document"] == document.code


def test_what_other_rooms_are_asked_for_is_left_alone(register, cases, at):
    issue_what_flows_ask_for(asked("cases.publish", at))
    assert cases.reported == []
    assert Licence.objects.count() == 0
