"""What is shown of a personal value until somebody needs all of it."""

from typing import Literal

from shuzheng.standards import citizen_id

MaskKind = Literal["", "id_number", "phone", "name", "address"]

_HIDDEN = "*"
_KEPT_OF_ADDRESS = 9


def mask(kind: MaskKind, text: str) -> str:
    """Hide what identifies a person in the value; an unknown shape is hidden whole.

    >>> mask("id_number", "330802199003150017"), mask("phone", "13905700001")
    ('3308************17', '139****0001')
    >>> mask("name", "张三"), mask("name", "欧阳小明"), mask("", "住宅")
    ('张*', '欧**明', '住宅')
    """
    if not kind or not text:
        return text
    if kind == "id_number" and len(text) == citizen_id.LENGTH:
        return citizen_id.mask(text)
    if kind == "address":
        return _keep(text, first=_KEPT_OF_ADDRESS, last=0)
    if kind == "name":
        return _keep(text, first=1, last=1 if len(text) > len("张三") else 0)
    return _keep(text, first=3, last=4)


def _keep(text: str, *, first: int, last: int) -> str:
    hidden = len(text) - first - last
    if hidden <= 0:
        return _HIDDEN * len(text)
    return text[:first] + _HIDDEN * hidden + (text[-last:] if last else "")
