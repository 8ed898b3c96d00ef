"""Rows are looked at one by one; a bad one is put aside with its reasons, the others go on."""

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from shuzheng.data.collection.rules.datasets import Column, Dataset
from shuzheng.data.collection.rules.refusals import FeedNotText, HeadingsMissing
from shuzheng.standards.area_code import is_area_code
from shuzheng.standards.citizen_id import is_citizen_id
from shuzheng.standards.credit_code import is_credit_code

_MOBILE = re.compile(r"1[3-9]\d{9}")
_FIRST_LINE_OF_DATA = 2


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A row as read: its line in the file (headings are line 1), its cells, what is wrong."""

    line: int
    cells: Mapping[str, str]
    reasons: tuple[str, ...]

    @property
    def is_good(self) -> bool:
        """Say whether the row may go on."""
        return not self.reasons


def read_feed(dataset: Dataset, content: bytes, *, on: date) -> tuple[ReadRow, ...]:
    """Return all rows of a CSV file (UTF-8 or GB 18030), each with what is wrong with it.

    `on` is the day of collection: no row may hold for a later one.

    Raises:
        FeedNotText, HeadingsMissing: the file as a whole cannot be used.
    """
    reader = csv.DictReader(io.StringIO(_text(content)), restval="")
    missing = [name for name in dataset.headings if name not in (reader.fieldnames or ())]
    if missing:
        raise HeadingsMissing(dataset=dataset.name, headings="、".join(missing))
    seen: set[str] = set()
    return tuple(_rows(dataset, reader, seen, on=on))


def check_cell(column: Column, text: str) -> str:
    """Return what is wrong with a cell, or an empty string.

    >>> check_cell(Column(name="手机", check="mobile_phone"), "12345")
    '“手机”不是手机号码'
    """
    if not text:
        return f"缺少“{column.name}”" if column.required else ""
    if column.one_of and text not in column.one_of:
        return f"“{column.name}”应是 {'、'.join(column.one_of)} 之一"
    is_right, name = _CHECKS[column.check]
    return "" if is_right(text) else f"“{column.name}”不是{name}"


def _rows(
    dataset: Dataset, reader: "csv.DictReader[str]", seen: set[str], *, on: date
) -> Iterator[ReadRow]:
    for line, row in enumerate(reader, start=_FIRST_LINE_OF_DATA):
        cells = {name: str(row.get(name) or "").strip() for name in dataset.headings}
        key = cells[dataset.key_column].upper()
        reasons = [check_cell(column, cells[column.name]) for column in dataset.columns]
        reasons += [_repeated(dataset, key, seen), _too_late(dataset, cells, on=on)]
        if None in row:
            reasons.append("列数多于表头")
        seen.add(key)
        yield ReadRow(line, cells, tuple(reason for reason in reasons if reason))


def _text(content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise FeedNotText


def _repeated(dataset: Dataset, key: str, seen: set[str]) -> str:
    return f"“{dataset.key_column}”在文件中重复" if key and key in seen else ""


def _too_late(dataset: Dataset, cells: Mapping[str, str], *, on: date) -> str:
    text = cells[dataset.as_of_column]
    if _is_date(text) and date.fromisoformat(text) > on:
        return f"“{dataset.as_of_column}”晚于归集日"
    return ""


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _is_decimal(text: str) -> bool:
    try:
        return Decimal(text).is_finite()
    except InvalidOperation:
        return False


def _is_integer(text: str) -> bool:
    return text.isascii() and text.removeprefix("-").isdecimal()


_CHECKS: Mapping[str, tuple[Callable[[str], bool], str]] = {
    "": (lambda _text: True, ""),
    "citizen_id": (is_citizen_id, "有效的公民身份号码"),
    "credit_code": (is_credit_code, "有效的统一社会信用代码"),
    "area_code": (is_area_code, "行政区划代码"),
    "date": (_is_date, "日期（如 2026-01-31）"),
    "mobile_phone": (lambda text: bool(_MOBILE.fullmatch(text)), "手机号码"),
    "integer": (_is_integer, "整数"),
    "decimal": (_is_decimal, "数值"),
    "yes_no": (lambda text: text in {"是", "否"}, "“是”或“否”"),
}
