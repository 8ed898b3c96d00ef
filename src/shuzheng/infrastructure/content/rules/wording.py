"""Say pydantic's errors in the words of the people who write content."""

from collections.abc import Mapping
from typing import Any

_SENTENCES: dict[str, tuple[str, str]] = {
    "missing": ("缺少必填字段", "请补上。"),
    "extra_forbidden": ("没有这个字段", "请删去，或核对字段名的拼写。"),
    "string_type": ("应当是文字", "编码和数字请加引号。"),
    "int_type": ("应当是整数", "请写成不带引号的数字。"),
    "int_parsing": ("应当是整数", "请写成不带引号的数字。"),
    "bool_type": ("应当是 true 或 false", ""),
    "bool_parsing": ("应当是 true 或 false", ""),
    "date_type": ("应当是日期", "请写成 2026-01-31 的样子。"),
    "date_from_datetime_parsing": ("应当是日期", "请写成 2026-01-31 的样子。"),
    "list_type": ("应当是列表", "请每项一行，以“- ”开头。"),
    "tuple_type": ("应当是列表", "请每项一行，以“- ”开头。"),
    "dict_type": ("应当是一组字段", ""),
    "model_type": ("应当是一组字段", "请写成“字段: 值”的样子。"),
    "too_short": ("至少要有一项", "请补上。"),
    "string_too_short": ("不能为空", "请填写内容。"),
    "greater_than": ("数值太小", ""),
    "greater_than_equal": ("数值太小", ""),
    "less_than": ("数值太大", ""),
    "less_than_equal": ("数值太大", ""),
}


def sentence_of(error: Mapping[str, Any]) -> tuple[str, str]:
    """Return the message and the remedy for one of pydantic's error records."""
    kind = error["type"]
    if kind in _SENTENCES:
        return _SENTENCES[kind]
    if kind in {"literal_error", "enum"}:
        return "不是允许的值", f"可用的值: {error['ctx']['expected']}。"
    if kind == "string_pattern_mismatch":
        return "格式不对", f"应符合 {error['ctx']['pattern']}。"
    return str(error["msg"]).removeprefix("Value error, ").rstrip("。"), ""
