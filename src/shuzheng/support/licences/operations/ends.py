"""End a licence from the desk: on a ground of the law, in writing, by its own department."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from shuzheng.infrastructure.access.rules import Actor, guard, system
from shuzheng.infrastructure.keys.operations import decrypt
from shuzheng.institutions.city.queries import get_city
from shuzheng.policy.citations import Citation
from shuzheng.support.licences import models
from shuzheng.support.licences.operations.documents import issue_document
from shuzheng.support.licences.operations.ending import (
    cancel_licence,
    forfeit_licence,
    revoke_licence,
    withdraw_licence,
)
from shuzheng.support.licences.operations.granting import HOLDER_CONTEXT
from shuzheng.support.licences.operations.making import local_day
from shuzheng.support.licences.operations.states import get_for_update, must_allow
from shuzheng.support.licences.queries import Licence, get_licence_type
from shuzheng.support.licences.rules import (
    END_LICENCES,
    DocumentRequest,
    End,
    LicenceState,
    NotFoundByCode,
    ReasonMissing,
)
from shuzheng.support.licences.rules.grounds import (
    ENDS,
    Ground,
    GroundDoesNotApply,
    ground_of,
    is_met,
)

TEMPLATE = "licence_end"
ACTS: dict[str, Callable[..., Licence]] = {
    "withdraw": withdraw_licence,
    "revoke": revoke_licence,
    "forfeit": forfeit_licence,
    "cancel": cancel_licence,
}


@transaction.atomic
def end_licence(*, code: str, ground: str, reasons: str, by: Actor, at: datetime) -> Licence:
    """End a licence of the own department on one of its type's grounds, with a written decision.

    Source: 行政许可法 第八、六十九、七十条; 行政处罚法 第九条.

    Raises:
        NotFoundByCode: there is none, or it is another department's.
        GroundUnknown, GroundDoesNotApply, StateForbids, ReasonMissing: nothing has changed.
    """
    guard(by, END_LICENCES)
    row = get_for_update(code)
    if row.department != by.department:
        raise NotFoundByCode(code=code)
    found = ground_of(get_licence_type(row.licence_type_id).grounds, ground, title=row.title)
    end, act = ENDS[found.end], ACTS[found.end]
    if not reasons.strip():
        raise ReasonMissing(step=end.name, field="reasons")
    must_allow(end, row)
    state, today = LicenceState(row.state), local_day(at)
    if not is_met(found, state=state, valid_until=row.valid_until, today=today):
        raise GroundDoesNotApply(number=row.number, ground=found.text)
    decision = _decide(row, found, end, reasons.strip(), at=at)
    return act(
        code=code,
        reasons=reasons.strip(),
        citation=Citation.model_validate(found.citation),
        decision=decision,
        by=by,
        at=at,
    )


def _decide(row: models.Licence, found: Ground, end: End, reasons: str, *, at: datetime) -> str:
    """Issue the written decision; returns its verification code."""
    holder = decrypt(row.holder_name, context=HOLDER_CONTEXT)
    data = {
        "applicant": holder,
        "title": row.title,
        "number": row.number,
        "end": end.name,
        "ground": found.text,
        "reasons": reasons,
        "basis": found.basis,
        "remedies": get_city().say_remedies(),
    }
    request = DocumentRequest(
        template=TEMPLATE,
        data=data,
        title=f"{end.name}《{row.title}》决定书",
        recipient=row.recipient or row.holder_reference,
        recipient_name=holder,
        case=row.case,
        token=f"end:{row.code}:{found.end}",
        seal=row.seal,
    )
    return issue_document(request, by=system("licences"), at=at).code
