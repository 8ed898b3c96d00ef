"""The four ends of a licence, each its own act with its own law."""

from datetime import datetime

from django.db import transaction

from shuzheng.infrastructure.access.rules import Actor, guard
from shuzheng.infrastructure.journal.rules import EntryKind
from shuzheng.institutions.city.queries import get_city
from shuzheng.policy.citations import Citation
from shuzheng.support.licences.operations.notes import note
from shuzheng.support.licences.operations.states import get_for_update, must_allow, write_change
from shuzheng.support.licences.queries import Licence, licence_row
from shuzheng.support.licences.rules import (
    CANCEL,
    END_LICENCES,
    FORFEIT,
    LICENCE_CANCELLED,
    LICENCE_FORFEITED,
    LICENCE_REVOKED,
    LICENCE_WITHDRAWN,
    REVOKE,
    WITHDRAW,
    End,
    ReasonMissing,
)


@transaction.atomic
def withdraw_licence(
    *, code: str, reasons: str, citation: Citation, by: Actor, at: datetime, decision: str = ""
) -> Licence:
    """撤回: take back a lawful licence because the law or the facts changed (行政许可法 第八条).

    ``decision`` is the verification code of the written decision.

    Raises:
        PostLacksPermission, NotFoundByCode, StateForbids, ReasonMissing: nothing has changed.
    """
    return _end(WITHDRAW, LICENCE_WITHDRAWN, code, reasons, citation, decision, by=by, at=at)


@transaction.atomic
def revoke_licence(
    *, code: str, reasons: str, citation: Citation, by: Actor, at: datetime, decision: str = ""
) -> Licence:
    """撤销: undo a licence that should not have been granted (行政许可法 第六十九条).

    Raises:
        PostLacksPermission, NotFoundByCode, StateForbids, ReasonMissing: nothing has changed.
    """
    return _end(REVOKE, LICENCE_REVOKED, code, reasons, citation, decision, by=by, at=at)


@transaction.atomic
def forfeit_licence(
    *, code: str, reasons: str, citation: Citation, by: Actor, at: datetime, decision: str = ""
) -> Licence:
    """吊销: take a licence away as a penalty (行政处罚法 第九条).

    Raises:
        PostLacksPermission, NotFoundByCode, StateForbids, ReasonMissing: nothing has changed.
    """
    return _end(FORFEIT, LICENCE_FORFEITED, code, reasons, citation, decision, by=by, at=at)


@transaction.atomic
def cancel_licence(
    *, code: str, reasons: str, citation: Citation, by: Actor, at: datetime, decision: str = ""
) -> Licence:
    """注销: cancel in the register what has ended: expiry, death, or another end (第七十条).

    Raises:
        PostLacksPermission, NotFoundByCode, StateForbids, ReasonMissing: nothing has changed.
    """
    return _end(CANCEL, LICENCE_CANCELLED, code, reasons, citation, decision, by=by, at=at)


def _end(
    end: End,
    kind: EntryKind,
    code: str,
    reasons: str,
    citation: Citation,
    decision: str,
    *,
    by: Actor,
    at: datetime,
) -> Licence:
    guard(by, END_LICENCES)
    if not reasons.strip():
        raise ReasonMissing(step=end.name, field="reasons")
    row = get_for_update(code)
    must_allow(end, row)
    law = citation.reference
    write_change(row, end, reasons=reasons, citation=law, decision=decision, by=by, at=at)
    facts = {
        "reasons": reasons,
        "citation": law,
        "decision": decision,
        "remedies": get_city().say_remedies(),
        "link": f"/my/cases/{row.case}/" if row.case else f"/verify/{row.code}/",
    }
    note(kind, row, by=by, at=at, **facts)
    return licence_row(row)
