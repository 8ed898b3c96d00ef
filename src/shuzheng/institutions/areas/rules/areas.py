"""Divisions and grid cells as the rest of the house sees them."""

from dataclasses import dataclass

from shuzheng.policy.refusals import NotFound, Refusal, gettext_noop


@dataclass(frozen=True, slots=True)
class Area:
    """A division or a grid cell.

    Attributes:
        code: 6, 9, 12 or 15 digits.
        level: ``province``, ``city``, ``county``, ``town``, ``village`` or ``grid_cell``.
        parent: code of the area around it, empty for a province.
        full_name: from the city down, such as ``衢州市柯城区府山街道``.
    """

    code: str
    name: str
    level: str
    parent: str
    full_name: str


class AreaRefusal(Refusal):
    """Something about areas was refused."""


class AreaUnknown(AreaRefusal, NotFound):
    """No area has this code."""

    code = "area-unknown"
    template = gettext_noop("没有代码为“{area}”的行政区划。")
    remedy = gettext_noop("请核对区划代码。")
