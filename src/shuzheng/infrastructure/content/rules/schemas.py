"""JSON Schemas of all kinds, so that an editor helps while content is written."""

import json
from typing import Any

from shuzheng.infrastructure.content.rules.kinds import ContentKind


def schema_files(kinds: tuple[ContentKind, ...]) -> dict[str, str]:
    """Return the schema files by name; a content file holds one item or a list of items."""
    return {f"{kind.name}.json": _text(_schema(kind)) for kind in kinds}


def _schema(kind: ContentKind) -> dict[str, Any]:
    schema = kind.model.model_json_schema()
    definitions = schema.pop("$defs", {})
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": kind.name,
        "description": f"cities/<city>/{kind.folder}",
        "anyOf": [{"$ref": "#/$defs/item"}, {"type": "array", "items": {"$ref": "#/$defs/item"}}],
        "$defs": {"item": schema, **definitions},
    }


def _text(schema: dict[str, Any]) -> str:
    return json.dumps(schema, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
