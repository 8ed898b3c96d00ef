"""A register with Quzhou's templates, seals and licence types, and nothing else of the city."""

from datetime import datetime

import pytest
from django.conf import settings

from shuzheng.infrastructure.access.rules import Actor, system
from shuzheng.infrastructure.content.rules import load_city, registered_kinds
from shuzheng.support.licences.operations import issue_document, issue_licence
from shuzheng.support.licences.queries import Document, Licence
from shuzheng.support.licences.rules import DocumentRequest, LicenceRequest

KINDS = ("city", "department", "document_template", "seal", "licence_type")
FACTS = {
    "premises_address": "衢州市柯城区水亭街 18 号",
    "credit_code": "92330802MA2DEM0A1X",
    "applicant_name": "王小明",
    "manager_name": "王小明",
    "food_kinds": ["hot", "cold"],
    "floor_area": 46.5,
}


@pytest.fixture
def register(db: None, at: datetime) -> None:
    """Apply the kinds of content that issuing needs."""
    kinds = tuple(kind for kind in registered_kinds() if kind.name in KINDS)
    loaded = load_city(settings.PROJECT_FOLDER / "cities" / "quzhou", kinds, ())
    for kind in kinds:
        kind.apply(loaded.library.list(kind.name), system("tests"), at)


@pytest.fixture
def issued(register: None, at: datetime) -> Licence:
    """A food licence of the first citizen."""
    return issue(at=at)


@pytest.fixture
def ruled(register: None, at: datetime) -> Document:
    """A ruling addressed to the first citizen."""
    request = DocumentRequest(
        template="ruling_grant",
        data={"applicant": "王小明", "matter": "食品经营许可", "number": "QZ-2026-000001"},
        seal="market",
        case="QZ-2026-000001",
        recipient="person-1",
        recipient_name="王小明",
    )
    return issue_document(request, by=system("tests"), at=at)


def issue(*, at: datetime, token: str = "token-1", by: Actor | None = None, **more) -> Licence:
    """Issue a food licence as the worker does."""
    wanted = {
        "licence_type": "food_licence",
        "holder_name": "衢州市柯城区水亭面馆",
        "holder_reference": "legal-person-1",
        "recipient": "person-1",
        "case": "QZ-2026-000001",
        "facts": FACTS,
        "seal": "market",
        **more,
    }
    request = LicenceRequest(**wanted, token=token)
    return issue_licence(request, by=by or system("tests"), at=at)
