"""A commitment: its text is content with its citations, confirmed on the page by who makes it."""

from datetime import datetime

from django.db import transaction

from shuzheng.infrastructure.access.rules import Actor
from shuzheng.policy.refusals import gettext_noop
from shuzheng.support.cases.models import Case
from shuzheng.support.cases.operations.applying.drafts import EDITABLE
from shuzheng.support.cases.operations.applying.papers import keep_file
from shuzheng.support.cases.operations.file.materials import matters_asking, wanted_materials
from shuzheng.support.cases.operations.record import periods
from shuzheng.support.cases.operations.record.access import is_applicant, lock_own_case
from shuzheng.support.cases.operations.record.notes import note
from shuzheng.support.cases.rules import (
    COMMITMENT_MADE,
    OnlyApplicantCommits,
    UnknownMaterial,
)
from shuzheng.support.cases.rules.states import require
from shuzheng.support.documents.operations import render_document
from shuzheng.support.matters.queries import get_matter
from shuzheng.support.matters.rules import Material, Statement

CONFIRMED = "申请人实名登录后在线逐条阅读并确认，确认时间由平台留痕。"


@transaction.atomic
def make_commitment(*, number: str, material: str, by: Actor, at: datetime) -> str:
    """Make the commitment that is a material of the own case; returns the document's SHA-256.

    Raises:
        UnknownMaterial: the case asks for no such commitment.
        OnlyApplicantCommits: somebody who helps asks.
    """
    case = lock_own_case(number, by)
    require(number=number, state=case.state, allowed=EDITABLE, action=gettext_noop("作出承诺"))
    found, statement = _stated(case, material)
    if not is_applicant(case, by):
        raise OnlyApplicantCommits
    made_on = periods.today(at).isoformat()
    signed = {"applicant": by.name, "made_on": made_on, "how": CONFIRMED}
    content = _letter(case, found, statement, signed, at=at)
    filename = f"{found.name}.pdf"
    sha256 = keep_file(case, found, content=content, filename=filename, by=by, at=at)
    note(COMMITMENT_MADE, case, by=by, at=at, material=material, sha256=sha256)
    return sha256


@transaction.atomic
def draw_blank_commitment(*, number: str, material: str, by: Actor, at: datetime) -> bytes:
    """Return the commitment as a PDF to be printed and signed; nobody's name is on it.

    Raises:
        UnknownMaterial: the case asks for no such commitment.
    """
    case = lock_own_case(number, by)
    return _letter(case, *_stated(case, material), {}, at=at)


def _stated(case: Case, key: str) -> tuple[Material, Statement]:
    for each in wanted_materials(case):
        if each.key == key and each.statement:
            return each, each.statement
    raise UnknownMaterial(material=key)


def _letter(
    case: Case, material: Material, statement: Statement, signed: dict[str, str], *, at: datetime
) -> bytes:
    clauses = [
        {"text": each.text, "basis": "；".join(one.reference for one in each.citations)}
        for each in statement.clauses
    ]
    on = periods.today(case.created_at)
    asking = matters_asking(case).get(material.key, [])
    matter = "、".join(get_matter(key, on=on).title for key in asking) or case.title
    facts = {"title": material.name, "matter": matter, "number": case.number}
    return render_document(
        template=statement.template, data={**facts, "clauses": clauses, **signed}, at=at
    )
