"""A template and the data it needs."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import jsonschema

from shuzheng.support.documents.rules.refusals import DataDoesNotFit


@dataclass(frozen=True, slots=True)
class Template:
    """A document template: its key, its title, its typst source and the JSON Schema of its data.

    ``word`` stands in a document's number between the organ's short name and the year.
    """

    key: str
    title: str
    source: str
    schema: Mapping[str, Any]
    digest: str = ""
    word: str = ""


def check_schema(schema: Mapping[str, Any]) -> str:
    """Return why this is no JSON Schema (2020-12), or an empty string."""
    try:
        jsonschema.Draft202012Validator.check_schema(schema)
    except jsonschema.SchemaError as error:
        return error.message
    return ""


def check_data(template: Template, data: Mapping[str, Any]) -> None:
    """Let data pass that fits the template's schema.

    Raises:
        DataDoesNotFit: names the first field that is missing or has another form.
    """
    validator = jsonschema.Draft202012Validator(template.schema)
    error = next(validator.iter_errors(data), None)
    if error is not None:
        where = ".".join(str(part) for part in error.absolute_path)
        raise DataDoesNotFit(title=template.title, where=where or "data", why=error.message)
