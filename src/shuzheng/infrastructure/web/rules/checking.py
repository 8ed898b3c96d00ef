"""What is wrong with an answer, as a template in the words of its field."""

import dataclasses
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import PurePath
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError

from shuzheng.infrastructure.web.rules.forms import Field, FormDescription
from shuzheng.infrastructure.web.rules.reading import nest, pick
from shuzheng.policy.refusals import gettext_noop
from shuzheng.standards.citizen_id import is_citizen_id
from shuzheng.standards.credit_code import is_credit_code

FORMATS = FormatChecker(formats=())
MOBILE_PHONE = re.compile(r"1[3-9][0-9]{9}")
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
REQUIRED = {
    "radios": gettext_noop("请选择{label}。"),
    "select": gettext_noop("请选择{label}。"),
    "checkboxes": gettext_noop("请选择{label}。"),
    "boolean": gettext_noop("请选择{label}。"),
    "consent": gettext_noop("请先勾选「{label}」。"),
    "date": gettext_noop("请填写{label}的年、月、日。"),
    "file": gettext_noop("请上传{label}。"),
}
REQUIRED_TEXT = gettext_noop("请填写{label}。")
TEMPLATES = {
    "type": gettext_noop("{label}填写的内容不对，请重新填写。"),
    "integer": gettext_noop("{label}应当是整数，例如 3。"),
    "number": gettext_noop("{label}应当是数字，例如 120.5。"),
    "minimum": gettext_noop("{label}不能小于 {limit}{unit}。"),
    "maximum": gettext_noop("{label}不能大于 {limit}{unit}。"),
    "exclusiveMinimum": gettext_noop("{label}应当大于 {limit}{unit}。"),
    "exclusiveMaximum": gettext_noop("{label}应当小于 {limit}{unit}。"),
    "multipleOf": gettext_noop("{label}应当是 {limit} 的倍数。"),
    "minLength": gettext_noop("{label}至少 {limit} 个字，现在是 {length} 个字。"),
    "maxLength": gettext_noop("{label}最多 {limit} 个字，现在是 {length} 个字。"),
    "minItems": gettext_noop("{label}至少选择 {limit} 项。"),
    "maxItems": gettext_noop("{label}最多选择 {limit} 项。"),
    "uniqueItems": gettext_noop("{label}有重复的内容。"),
    "enum": gettext_noop("请从所列选项中选择{label}。"),
    "const": gettext_noop("请从所列选项中选择{label}。"),
    "oneOf": gettext_noop("请从所列选项中选择{label}。"),
    "pattern": gettext_noop("{label}的格式不对，请检查后重新填写。"),
    "date": gettext_noop("{label}应当是真实的日期，例如 2026 年 3 月 1 日。"),
    "email": gettext_noop("{label}应当是电子邮箱地址，例如 name@example.com。"),
    "citizen-id": gettext_noop("{label}应当是 18 位公民身份号码，请检查每一位。"),
    "credit-code": gettext_noop("{label}应当是 18 位统一社会信用代码，请检查每一位。"),
    "mobile-phone": gettext_noop("{label}应当是 11 位手机号码。"),
    "file-type": gettext_noop("「{filename}」不是可以接受的文件，请上传 {accepted}。"),
    "file-size": gettext_noop("「{filename}」太大，每个文件最大 {limit}。"),
    "file-empty": gettext_noop("「{filename}」是空文件，请重新选择。"),
}


@dataclasses.dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong with one field; the template is filled where it is shown."""

    field: str
    code: str
    template: str
    facts: Mapping[str, Any] = dataclasses.field(default_factory=dict)


def check(
    description: FormDescription, values: Mapping[str, Any], fields: Sequence[Field]
) -> tuple[Mistake, ...]:
    """Return one mistake at most for each of the fields that is asked, in the form's order.

    ``values`` are by dotted name and may hold answers of other pages too.
    """
    asked = {each.name: each for each in fields if each.is_shown(values)}
    files = {name: each for name, each in asked.items() if each.widget == "file"}
    found = [*_mistakes_of_schema(description, values, asked), *_mistakes_of_files(files, values)]
    first: dict[str, Mistake] = {}
    for mistake in found:
        first.setdefault(mistake.field, mistake)
    return tuple(first[name] for name in asked if name in first)


def _mistakes_of_schema(
    description: FormDescription, values: Mapping[str, Any], asked: Mapping[str, Field]
) -> Iterator[Mistake]:
    instance = nest({name: value for name, value in values.items() if value is not None})
    for name in (each.name for each in description.fields if "." in each.name):
        _place(instance, name)
    validator = Draft202012Validator(dict(description.schema), format_checker=FORMATS)
    for error in sorted(validator.iter_errors(instance), key=lambda each: str(each.validator)):
        for name in _names(error):
            if name in asked and (asked[name].widget != "file" or error.validator == "required"):
                yield _mistake(asked[name], error, pick(instance, name))


def _place(instance: dict[str, Any], name: str) -> None:
    """Make the objects a dotted name lies in, so that what is missing in them is noticed."""
    for step in name.split(".")[:-1]:
        instance = instance.setdefault(step, {})


def _names(error: ValidationError) -> Iterator[str]:
    path = [str(each) for each in error.absolute_path if not isinstance(each, int)]
    if error.validator in {"required", "dependentRequired"}:
        missing = re.findall(r"'([^']+)' is a", error.message)[:1]
        yield ".".join([*path, *missing])
    else:
        yield ".".join(path)


def _mistake(asked: Field, error: ValidationError, value: Any) -> Mistake:
    code = _code(asked, error)
    facts = {
        "label": asked.label,
        "limit": error.validator_value,
        "unit": f" {asked.unit}" if asked.unit else "",
        "length": len(value) if isinstance(value, str | list) else 0,
    }
    if code == "required":
        template = str(asked.schema.get("x-message") or REQUIRED.get(asked.widget, REQUIRED_TEXT))
    else:
        template = str(asked.schema.get("x-message") or TEMPLATES.get(code, TEMPLATES["type"]))
    return Mistake(asked.name, code, template, facts)


def _code(asked: Field, error: ValidationError) -> str:
    kind = str(error.validator)
    if kind in {"required", "dependentRequired"} or (kind == "const" and asked.widget == "consent"):
        return "required"
    if kind == "format":
        return str(error.validator_value)
    if kind == "type" and asked.kind in {"integer", "number"}:
        return asked.kind
    return kind


def _mistakes_of_files(asked: Mapping[str, Field], values: Mapping[str, Any]) -> Iterator[Mistake]:
    for name, each in asked.items():
        held = values.get(name) or []
        for file in held if isinstance(held, list) else [held]:
            yield from _mistakes_of_file(each, file)


def _mistakes_of_file(asked: Field, file: Mapping[str, Any]) -> Iterator[Mistake]:
    name = str(file.get("filename", ""))
    facts = {
        "filename": name,
        "accepted": "、".join(each.lstrip(".").upper() for each in asked.accept),
        "limit": plain_size(asked.max_bytes),
    }
    if asked.accept and PurePath(name).suffix.lower() not in asked.accept:
        yield Mistake(asked.name, "file-type", TEMPLATES["file-type"], facts)
    elif file.get("size", 0) > asked.max_bytes:
        yield Mistake(asked.name, "file-size", TEMPLATES["file-size"], facts)
    elif file.get("size", 0) == 0:
        yield Mistake(asked.name, "file-empty", TEMPLATES["file-empty"], facts)


def plain_size(size: int) -> str:
    """Return a number of bytes as people say it.

    >>> plain_size(10 * 1024 * 1024), plain_size(300)
    ('10 MB', '300 字节')
    """
    for unit, name in ((1024 * 1024, "MB"), (1024, "KB")):
        if size >= unit:
            return f"{size / unit:.1f}".removesuffix(".0") + f" {name}"
    return f"{size} 字节"


def _format(name: str) -> Callable[[Callable[[str], bool]], Callable[[str], bool]]:
    def register(test: Callable[[str], bool]) -> Callable[[str], bool]:
        FORMATS.checks(name)(lambda value: not isinstance(value, str) or test(value))
        return test

    return register


@_format("date")
def is_date(text: str) -> bool:
    """Say whether the text is a day of the calendar, as ``2026-03-01``."""
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return len(text) == len("2026-03-01")


@_format("mobile-phone")
def is_mobile_phone(text: str) -> bool:
    """Say whether the text has the form of a mainland mobile number."""
    return MOBILE_PHONE.fullmatch(text) is not None


@_format("email")
def is_email(text: str) -> bool:
    """Say whether the text looks like a mail address; only a letter sent proves it."""
    return EMAIL.fullmatch(text) is not None


_format("citizen-id")(is_citizen_id)
_format("credit-code")(is_credit_code)
