"""Open what is personal: an operation, with purpose, shown to the person concerned."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction

from shuzheng.infrastructure.access.rules import Actor
from shuzheng.infrastructure.keys import operations as keys
from shuzheng.infrastructure.storage.queries import read_file
from shuzheng.policy.refusals import Invalid, gettext_noop
from shuzheng.support.cases.models import Attachment, Case, ServiceRequest
from shuzheng.support.cases.operations.file.corrected import corrected
from shuzheng.support.cases.operations.file.materials import wanted_materials
from shuzheng.support.cases.operations.record.access import is_applicant, matters_open_to, may_read
from shuzheng.support.cases.operations.record.forms import read_form
from shuzheng.support.cases.operations.record.notes import note
from shuzheng.support.cases.rules import (
    CASE_READ,
    FILE_READ,
    CaseNotFound,
    FormData,
    relevant_schema,
)
from shuzheng.support.matters.queries import get_revision
from shuzheng.support.matters.rules import Material

SERVICE_PURPOSES = {
    "documents.issue": gettext_noop("制作文书"),
    "licences.issue": gettext_noop("制发证照"),
}
"""What the applicant reads for a machine's reading of the file."""


class PurposeMissing(Invalid):
    """Nobody reads a person's data without saying why."""

    code = "purpose-missing"
    template = gettext_noop("请说明查阅目的。")


@dataclass(frozen=True, slots=True)
class GivenFile:
    """A file as listed, without its content."""

    material: str
    filename: str
    sha256: str
    media_type: str
    size: int
    uploaded_at: datetime


@dataclass(frozen=True, slots=True)
class CaseFile:
    """What is personal in a case: the form with its sources, the materials and their files.

    Attributes:
        corrected: what was changed since a correction was asked, by title.
    """

    number: str
    form_revision: int
    form: FormData
    schema: Mapping[str, Any]
    materials: tuple[Material, ...]
    files: tuple[GivenFile, ...]
    corrected: tuple[str, ...] = ()


@transaction.atomic
def open_case(*, number: str, purpose: str, by: Actor, at: datetime) -> CaseFile:
    """Open the file of a case; every reading by somebody else is shown to the applicant.

    A department is shown what all matters share and what its own ask, and no more.

    Args:
        purpose: why it is read; the applicant's own reading needs none.

    Raises:
        CaseNotFound: there is none, or it is none of the actor's business.
        PurposeMissing: an official gave no purpose.
    """
    case = _readable_for(purpose, number, by)
    root = case.root or case
    matters = matters_open_to(root, by)
    schema = relevant_schema(get_revision(root.revision_id).form, matters)
    if not is_applicant(case, by):
        shown = sorted(schema.get("properties", {}))
        note(CASE_READ, case, by=by, at=at, purpose=purpose, fields=shown)
    return _file_open_to(root, schema, matters)


def _file_open_to(root: Case, schema: Mapping[str, Any], matters: tuple[str, ...]) -> CaseFile:
    materials = wanted_materials(root, matters=matters)
    return CaseFile(
        number=root.number,
        form_revision=root.form_revision,
        form=_form_open_to(root, schema, matters),
        schema=schema,
        materials=materials,
        corrected=corrected(root, schema, materials),
        files=tuple(
            _given(each)
            for each in root.attachments.filter(is_removed=False)
            if _is_open(root, each.material, matters)
        ),
    )


def require_readable(*, number: str, by: Actor) -> None:
    """Refuse who may not open the file of the case; nothing is opened by asking.

    Raises:
        CaseNotFound: there is none, or it is none of the actor's business.
    """
    _readable(number, by)


def papers_open_to(*, number: str, by: Actor) -> frozenset[str]:
    """Return the numbers of the cases of a file whose issued papers the actor may open.

    What was issued for the bundle, who may read the file may open; what was issued in a matter,
    its own department and who received the bundle for all (个人信息保护法 第六条).

    Raises:
        CaseNotFound: there is none, or it is none of the actor's business.
    """
    case = _readable(number, by)
    root = case.root or case
    members = root.members.filter(matter__in=matters_open_to(root, by))
    return frozenset([root.number, *members.values_list("number", flat=True)])


@transaction.atomic
def open_attachment(
    *, number: str, material: str, sha256: str, purpose: str, by: Actor, at: datetime
) -> tuple[GivenFile, bytes]:
    """Open one file of a case; the same rules as for the case itself."""
    case = _readable_for(purpose, number, by)
    root = case.root or case
    found = root.attachments.filter(material=material, sha256=sha256).order_by("-pk").first()
    if found is None or not _is_open(root, material, matters_open_to(root, by)):
        raise CaseNotFound(number=number)
    if not is_applicant(case, by):
        note(FILE_READ, case, by=by, at=at, purpose=purpose, material=material)
    return _given(found), read_file(sha256)


@transaction.atomic
def take_service_request(
    *, case_number: str, token: str, by: Actor, at: datetime
) -> Mapping[str, Any]:
    """Return what a room is asked to do; only the system takes requests.

    Raises:
        CaseNotFound: there is no such request, or a person asks.
    """
    request = ServiceRequest.objects.filter(case__number=case_number, token=token).first()
    if request is None or by.kind != "system":
        raise CaseNotFound(number=case_number)
    text = keys.decrypt(request.payload_encrypted, context=f"service:{case_number}")
    payload: dict[str, Any] = json.loads(text)
    note(
        CASE_READ,
        request.case,
        by=by,
        at=at,
        purpose=SERVICE_PURPOSES.get(request.operation, gettext_noop("办理流程交办的服务")),
        fields=sorted(payload),
    )
    return payload


def _readable(number: str, by: Actor) -> Case:
    case = Case.objects.select_related("root").filter(number=number).first()
    if case is None or not may_read(case, by):
        raise CaseNotFound(number=number)
    return case


def _readable_for(purpose: str, number: str, by: Actor) -> Case:
    case = _readable(number, by)
    if not is_applicant(case, by) and not purpose.strip():
        raise PurposeMissing
    return case


def _form_open_to(root: Case, schema: Mapping[str, Any], matters: Iterable[str]) -> FormData:
    form = read_form(root)
    if _are_all(root, matters):
        return form
    asked = schema.get("properties", {})
    return replace(
        form,
        values={name: each for name, each in form.values.items() if name in asked},
        sources={
            name: each
            for name, each in form.sources.items()
            if name in asked or name in form.answers
        },
    )


def _is_open(root: Case, material: str, matters: Iterable[str]) -> bool:
    """Who may see every matter also sees what was given for one that no longer belongs."""
    return _are_all(root, matters) or any(
        material == each.key for each in wanted_materials(root, matters=matters)
    )


def _are_all(root: Case, matters: Iterable[str]) -> bool:
    return set(root.variables.get("matters", ())) <= set(matters)


def _given(row: Attachment) -> GivenFile:
    return GivenFile(
        material=row.material,
        filename=row.filename,
        sha256=row.sha256,
        media_type=row.media_type,
        size=row.size,
        uploaded_at=row.uploaded_at,
    )
