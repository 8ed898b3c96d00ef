"""One seal, and a document to put it on."""

from datetime import UTC, datetime

import pytest

from shuzheng.infrastructure.access.rules import system
from shuzheng.support.documents.rules import Template, typeset
from shuzheng.support.seals.operations import replace_seals, seal_pdf
from shuzheng.support.seals.queries import SealRow

AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
MARKET = SealRow(
    code="market",
    name="市场监督管理局专用章（演示）",
    short_name="衢市监",
    department="market",
    organisation="衢州市市场监督管理局",
    purpose="行政审批专用章",
    millimetres=42,
    withdrawn_on=None,
)
PDF = typeset(
    Template("t", "t", "#set document(date: auto)\n#pagebreak()\n#heading[章] <seal>", {}),
    {},
    at=AT,
)


@pytest.fixture
def seals(db):
    replace_seals(seals=(MARKET,))


def sealed(at: datetime = AT, pdf: bytes = PDF) -> bytes:
    return seal_pdf(pdf=pdf, seal="market", reason="测试", by=system("tests"), at=at)
