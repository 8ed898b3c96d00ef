from datetime import date

import pytest

from shuzheng.infrastructure.access.rules import PostLacksPermission, system
from shuzheng.infrastructure.journal.queries import list_entries_of_subject
from shuzheng.policy.citations import Citation
from shuzheng.support.licences.models import Licence, LicenceChange
from shuzheng.support.licences.operations import (
    cancel_licence,
    forfeit_licence,
    revoke_licence,
    withdraw_licence,
)
from shuzheng.support.licences.queries import get_licence_by_code, list_changes_of_licence
from shuzheng.support.licences.rules import (
    END_LICENCES,
    LicenceState,
    NotFoundByCode,
    ReasonMissing,
    StateForbids,
)

REVOCATION = Citation(
    law="行政许可法",
    version=date(2019, 4, 23),
    article="第六十九条",
    says="可以撤销",
    verified=True,
)
ENDS = {
    withdraw_licence: LicenceState.WITHDRAWN,
    revoke_licence: LicenceState.REVOKED,
    forfeit_licence: LicenceState.FORFEITED,
    cancel_licence: LicenceState.CANCELLED,
}


@pytest.mark.parametrize("end", ENDS, ids=lambda each: each.__name__)
def test_each_end_leads_to_its_own_state_with_its_law(end, issued, official, at):
    clerk = official(END_LICENCES)
    ended = end(code=issued.code, reasons="事实和理由", citation=REVOCATION, by=clerk, at=at)
    assert ended.state is ENDS[end]
    change = list_changes_of_licence(issued.code)[-1]
    assert change.state is ENDS[end]
    assert change.citation == "《行政许可法》(2019-04-23)第六十九条"
    entries = list_entries_of_subject(f"licence:{issued.code}")
    assert entries[-1].kind == f"licence.{ENDS[end].value}"
    assert entries[-1].facts["reasons"] == "事实和理由"


@pytest.mark.parametrize("end", ENDS, ids=lambda each: each.__name__)
def test_who_may_not_end_a_licence(end, issued, official, at):
    with pytest.raises(PostLacksPermission):
        end(code=issued.code, reasons="理由", citation=REVOCATION, by=official(), at=at)
    assert get_licence_by_code(issued.code).state is LicenceState.IN_FORCE
    assert LicenceChange.objects.count() == 1


def test_a_revoked_licence_can_only_be_cancelled(issued, at):
    words = {"code": issued.code, "reasons": "理由", "citation": REVOCATION}
    revoke_licence(**words, by=system("tests"), at=at)
    with pytest.raises(StateForbids) as refusal:
        forfeit_licence(**words, by=system("tests"), at=at)
    assert "当前为“已撤销”" in str(refusal.value)
    assert cancel_licence(**words, by=system("tests"), at=at).state is LicenceState.CANCELLED


def test_an_end_needs_reasons(issued, at):
    with pytest.raises(ReasonMissing):
        revoke_licence(code=issued.code, reasons="", citation=REVOCATION, by=system("tests"), at=at)
    assert Licence.objects.get().state == LicenceState.IN_FORCE


def test_an_unknown_code_cannot_be_ended(register, at):
    with pytest.raises(NotFoundByCode):
        revoke_licence(
            code="ABCDE-FGHJK-MNPQR-STVW0",
            reasons="理由",
            citation=REVOCATION,
            by=system("tests"),
            at=at,
        )
