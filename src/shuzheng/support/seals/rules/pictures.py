"""The picture of a round department seal, drawn by typst from its words."""

from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from shuzheng.support.documents.rules import Template, draw_picture, typeset_fragment
from shuzheng.support.seals.rules.port import SealPicture

_TEMPLATE = Template(
    "seal-picture", "印章图样", (Path(__file__).parent / "seal.typ").read_text(encoding="utf-8"), {}
)
# The drawing is laid into documents and carries no date of its own.
_DRAWN_AT = datetime(2000, 1, 1, tzinfo=UTC)


@lru_cache(maxsize=256)
def draw_seal(*, organisation: str, purpose: str, millimetres: int) -> SealPicture:
    """Draw a round red seal: the organisation along the rim, a star, the purpose below it.

    Diameter in millimetres; 42 is usual for a department (not verified).
    """
    words = {"organisation": organisation, "purpose": purpose, "millimetres": millimetres}
    return SealPicture(typeset_fragment(_TEMPLATE, words, at=_DRAWN_AT), float(millimetres))


def preview_seal(*, organisation: str, purpose: str, millimetres: int) -> str:
    """Draw the same seal as SVG text for a page."""
    words = {"organisation": organisation, "purpose": purpose, "millimetres": millimetres}
    return draw_picture(_TEMPLATE, words)
