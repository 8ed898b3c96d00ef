"""Built-in functions on contexts (DMN 1.5, 10.3.4.12)."""

from typing import Any

from shuzheng.support.decisions.rules.builtins.registry import declare
from shuzheng.support.decisions.rules.faults import feel
from shuzheng.support.decisions.rules.values import Undefined


@declare("get value(m: context, key: string)")
def get_value(context: dict[str, Any], key: str) -> Any:
    """Return the value of a key, null if there is none."""
    return context.get(key)


@declare("get entries(m: context)")
def get_entries(context: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the entries as contexts of key and value."""
    return [{"key": key, "value": value} for key, value in context.items()]


@declare("context(entries: list)")
def context_of(entries: list[Any]) -> dict[str, Any]:
    """Make a context of entries."""
    result: dict[str, Any] = {}
    for entry in entries:
        if (
            not isinstance(entry, dict)
            or not isinstance(entry.get("key"), str)
            or "value" not in entry
        ):
            raise Undefined(feel.ENTRIES())
        if entry["key"] in result:
            raise Undefined(feel.ENTRY_TWICE(name=entry["key"]))
        result[entry["key"]] = entry["value"]
    return result


@declare("context put(context: context, key: string, value: any)")
def context_put(context: dict[str, Any], key: str, value: Any) -> dict[str, Any]:
    """Return the context with one entry set."""
    return {**context, key: value}


@declare("context put(context: context, keys: list, value: any)")
def context_put_deep(context: dict[str, Any], keys: list[Any], value: Any) -> dict[str, Any]:
    """Return the context with an entry set inside nested contexts."""
    if not keys or not all(isinstance(key, str) for key in keys):
        raise Undefined(feel.KEYS())
    if len(keys) == 1:
        return {**context, keys[0]: value}
    inner = context.get(keys[0])
    if not isinstance(inner, dict):
        raise Undefined(feel.NO_CONTEXT(name=keys[0]))
    return {**context, keys[0]: context_put_deep(inner, keys[1:], value)}


@declare("context merge(contexts...: list)")
def context_merge(contexts: list[Any]) -> dict[str, Any]:
    """Join contexts; later entries win."""
    result: dict[str, Any] = {}
    for context in contexts:
        if not isinstance(context, dict):
            raise Undefined(feel.CONTEXTS())
        result |= context
    return result
