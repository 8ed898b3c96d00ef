"""The files an applicant gives: attached to a material, taken out again while it may be changed."""

from datetime import datetime

from django.db import transaction

from shuzheng.infrastructure.access.rules import Actor
from shuzheng.infrastructure.storage import operations as storage
from shuzheng.policy.refusals import gettext_noop
from shuzheng.support.cases.models import Attachment, Case
from shuzheng.support.cases.operations.applying.drafts import EDITABLE
from shuzheng.support.cases.operations.file.materials import wanted_materials
from shuzheng.support.cases.operations.record.access import lock_own_case
from shuzheng.support.cases.operations.record.notes import note
from shuzheng.support.cases.rules import (
    FILE_ATTACHED,
    FILE_REMOVED,
    UnknownMaterial,
)
from shuzheng.support.cases.rules.states import require
from shuzheng.support.matters.rules import Material


@transaction.atomic
def attach_file(
    *, number: str, material: str, content: bytes, filename: str, by: Actor, at: datetime
) -> str:
    """Attach a file to one material of the own case; returns its SHA-256.

    Raises:
        UnknownMaterial: the case needs no such material.
    """
    case = lock_own_case(number, by)
    require(number=number, state=case.state, allowed=EDITABLE, action=gettext_noop("上传材料"))
    wanted = {each.key: each for each in wanted_materials(case)}
    if material not in wanted:
        raise UnknownMaterial(material=material)
    return keep_file(case, wanted[material], content=content, filename=filename, by=by, at=at)


def keep_file(
    case: Case, material: Material, *, content: bytes, filename: str, by: Actor, at: datetime
) -> str:
    """Store a file under a material of a locked case; returns its SHA-256."""
    stored = storage.store_file(
        content=content,
        filename=filename,
        allowed=material.accepted_types,
        max_bytes=material.max_megabytes * 1024 * 1024,
        by=by,
        at=at,
    )
    Attachment.objects.get_or_create(
        case=case,
        material=material.key,
        sha256=stored.sha256,
        is_removed=False,
        defaults={
            "filename": stored.filename,
            "media_type": stored.media_type,
            "size": stored.size,
            "uploaded_by": by.account,
            "uploaded_at": at,
        },
    )
    note(FILE_ATTACHED, case, by=by, at=at, material=material.key, sha256=stored.sha256)
    return stored.sha256


@transaction.atomic
def remove_file(*, number: str, material: str, sha256: str, by: Actor, at: datetime) -> None:
    """Take a file out of the own draft; what was submitted before stays in evidence."""
    case = lock_own_case(number, by)
    require(number=number, state=case.state, allowed=EDITABLE, action=gettext_noop("移除材料"))
    changed = case.attachments.filter(material=material, sha256=sha256, is_removed=False).update(
        is_removed=True
    )
    if changed:
        note(FILE_REMOVED, case, by=by, at=at, material=material, sha256=sha256)
