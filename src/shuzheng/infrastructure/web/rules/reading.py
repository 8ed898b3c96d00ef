"""From what a browser posts to typed JSON; what cannot be typed stays as it was typed."""

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from shuzheng.infrastructure.web.rules.forms import Field

DATE_PARTS = ("year", "month", "day")
CODES = frozenset({"citizen-id", "credit-code", "mobile-phone"})
YES_AND_NO = {"true": True, "false": False}
Posted = Mapping[str, Sequence[str]]


class Upload(Protocol):
    """What is asked of an uploaded file."""

    name: str | None
    size: int | None


def read_values(
    fields: Sequence[Field],
    posted: Posted,
    files: Mapping[str, Sequence[Upload]],
    before: Mapping[str, Any],
) -> dict[str, Any]:
    """Return the values of the fields by name, without those left empty.

    A file is ``{"filename": …, "size": …}``; one uploaded before is kept unless removed. What is
    read-only stays as it was, whatever was posted.
    """
    read = {
        field.name: before.get(field.name)
        if field.is_read_only
        else _file(field, posted, files.get(field.name, ()), before)
        if field.widget == "file"
        else _value(field, posted)
        for field in fields
    }
    return {name: value for name, value in read.items() if value not in (None, "", [])}


def nest(values: Mapping[str, Any]) -> dict[str, Any]:
    """Turn ``{"shop.area": 80}`` into ``{"shop": {"area": 80}}``."""
    nested: dict[str, Any] = {}
    for name, value in values.items():
        *path, last = name.split(".")
        place = nested
        for step in path:
            place = place.setdefault(step, {})
        place[last] = value
    return nested


def flatten(values: Mapping[str, Any], fields: Sequence[Field]) -> dict[str, Any]:
    """Return the values of the fields by their dotted names; the opposite of ``nest``."""
    return {
        field.name: found for field in fields if (found := pick(values, field.name)) is not None
    }


def pick(values: Mapping[str, Any], name: str) -> Any:
    """Return the value at a dotted name, or None."""
    value: Any = values
    for step in name.split("."):
        value = value.get(step) if isinstance(value, Mapping) else None
    return value


def _file(
    field: Field, posted: Posted, uploads: Sequence[Upload], before: Mapping[str, Any]
) -> Any:
    removed = set(posted.get(f"{field.name}-remove", ()))
    held = before.get(field.name) or []
    kept = [
        each for each in (held if isinstance(held, list) else [held]) if _mark(each) not in removed
    ]
    fresh = [{"filename": each.name or "", "size": each.size or 0} for each in uploads]
    if field.takes_several:
        return kept + fresh
    return (fresh or kept or [None])[0]


def _mark(file: Mapping[str, Any]) -> str:
    return str(file.get("sha256") or file.get("filename", ""))


def _value(field: Field, posted: Posted) -> Any:
    if field.widget == "date":
        return _date(field, posted)
    texts = [_tidy(text) for text in posted.get(field.name, ())]
    if field.takes_several:
        return [_typed(field, text) for text in texts if text]
    return _typed(field, texts[-1] if texts else "")


def _tidy(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def _typed(field: Field, text: str) -> Any:
    """Return the value meant, or the text itself if it means none."""
    if field.choices:
        return next((each.value for each in field.choices if str(each.value) == text), text)
    if field.kind == "boolean":
        return YES_AND_NO.get(text, text)
    if field.kind in {"integer", "number"}:
        return _number(text)
    if field.schema.get("format") in CODES:
        return unicodedata.normalize("NFKC", text).replace(" ", "").upper()
    return text


def _number(text: str) -> Any:
    plain = unicodedata.normalize("NFKC", text).replace(",", "").replace(" ", "")
    for kind in (int, float):
        try:
            number = kind(plain)
        except ValueError:
            continue
        return number if abs(number) < 1e15 else text  # noqa: PLR2004 - also leaves out nan, inf
    return text


def _date(field: Field, posted: Posted) -> str:
    parts = [
        unicodedata.normalize("NFKC", "".join(posted.get(f"{field.name}-{part}", ())[-1:])).strip()
        for part in DATE_PARTS
    ]
    if not any(parts):
        return _tidy("".join(posted.get(field.name, ())[-1:]))
    year, month, day = parts
    return f"{year}-{month.zfill(2)}-{day.zfill(2)}"
