"""Where the seal goes: templates mark the place, over the department and the date."""

from dataclasses import dataclass
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader

from shuzheng.support.seals.rules.port import POINTS_PER_MILLIMETRE

FIELD = "Seal"
ANCHOR = "seal"
_EDGE_MILLIMETRES = 25.0


@dataclass(frozen=True, slots=True)
class Place:
    """A page (from 0) and a box on it: left, bottom, right, top in points."""

    page: int
    box: tuple[int, int, int, int]


def seal_place(reader: PdfFileReader, *, millimetres: float) -> Place:
    """Return where a seal of that diameter goes.

    Its centre lies on the named destination ``seal``; without one, in the last page's lower right.
    """
    anchor = _anchor(reader)
    radius = millimetres * POINTS_PER_MILLIMETRE / 2
    page, across, up = anchor or _corner(reader, radius)
    return Place(
        page,
        (round(across - radius), round(up - radius), round(across + radius), round(up + radius)),
    )


def _anchor(reader: Any) -> tuple[int, float, float] | None:
    destinations = list(reader.root.get("/Names", {}).get("/Dests", {}).get("/Names", ()))
    for name, target in zip(destinations[::2], destinations[1::2], strict=False):
        if str(name) == ANCHOR:
            return _point(reader, target.get_object())
    return None


def _point(reader: Any, target: Any) -> tuple[int, float, float]:
    found = target["/D"] if isinstance(target, generic.DictionaryObject) else target
    wanted = found.raw_get(0).reference
    pages = int(reader.root["/Pages"]["/Count"])
    page = next(
        n for n in range(pages) if reader.find_page_for_modification(n)[0].reference == wanted
    )
    return page, float(found[2]), float(found[3])


def _corner(reader: Any, radius: float) -> tuple[int, float, float]:
    last = int(reader.root["/Pages"]["/Count"]) - 1
    box = reader.find_page_for_modification(last)[0].get_object()["/MediaBox"]
    edge = _EDGE_MILLIMETRES * POINTS_PER_MILLIMETRE + radius
    return last, float(box[2]) - edge, edge
