"""Ids and URIs."""

import re
from collections import Counter
from collections.abc import Iterator

from shuzheng.support.workflow.rules.reading.xml import local
from shuzheng.support.workflow.rules.refusals import FlowProblem
from shuzheng.support.workflow.rules.validation.drawing import NODES, Drawing, problem

NEED_ID = NODES | {"process", "sequenceFlow", "message", "signal", "error", "escalation"}
NOT_URI = re.compile(r"%(?![0-9A-Fa-f]{2})|[\s<>\"{}|\\^`]")
URIS = ("language", "expressionLanguage", "typeLanguage", "targetNamespace")


def check_ids(drawing: Drawing) -> Iterator[FlowProblem]:
    """Every id is there and used once."""
    counts = Counter(one.get("id") for one in drawing.all if one.get("id"))
    seen: set[str] = set()
    for element in drawing.all:
        key = element.get("id")
        if not key and local(element) in NEED_ID:
            yield problem(element, "id-missing")
        if key and counts[key] > 1 and key not in seen:
            seen.add(key)
            yield problem(element, "id-duplicate", id=key, count=counts[key])


def check_uris(drawing: Drawing) -> Iterator[FlowProblem]:
    """Languages and namespaces are URIs."""
    for element in drawing.all:
        for attribute in URIS:
            value = element.get(attribute)
            if value and NOT_URI.search(value):
                yield problem(element, "uri-invalid", attribute=attribute, value=value)
