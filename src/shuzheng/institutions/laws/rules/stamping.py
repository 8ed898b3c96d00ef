"""Write the hash of the cited article into YAML, leaving everything else as it was."""

from collections.abc import Iterator
from datetime import date

import yaml

from shuzheng.institutions.laws.rules.shelf import Shelf

_NEEDED = ("law", "version", "article", "verified")


def stamp_text(text: str, shelf: Shelf) -> str:
    """Return the text with ``sha256`` added to verified citations that have none.

    A citation whose article the shelf does not hold is left as it is; the check reports it.
    """
    insertions: dict[int, str] = {}
    for mapping in _mappings(yaml.compose(text, yaml.SafeLoader), set()):
        insertions.update(_insertion(mapping, shelf))
    for index in sorted(insertions, reverse=True):
        text = text[:index] + insertions[index] + text[index:]
    return text


def _mappings(node: yaml.Node | None, seen: set[int]) -> Iterator[yaml.MappingNode]:
    if node is None or id(node) in seen:
        return
    seen.add(id(node))
    if isinstance(node, yaml.MappingNode):
        yield node
        for _key, value in node.value:
            yield from _mappings(value, seen)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from _mappings(value, seen)


def _insertion(node: yaml.MappingNode, shelf: Shelf) -> dict[int, str]:
    fields = {key.value: (key, value) for key, value in node.value}
    if not fields.keys() >= set(_NEEDED) or "sha256" in fields:
        return {}
    law, version, article, verified = (str(fields[name][1].value) for name in _NEEDED)
    text = shelf.find(law, date.fromisoformat(version)) if verified == "true" else None
    found = text.article(article) if text else None
    if found is None:
        return {}
    key, value = fields["article"]
    gap = ", " if node.flow_style else "\n" + " " * key.start_mark.column
    return {value.end_mark.index: f"{gap}sha256: {found.sha256}"}
