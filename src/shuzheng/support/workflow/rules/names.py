"""What the elements of a drawing are called, sound or not."""

from shuzheng.policy.refusals import Sentence
from shuzheng.support.workflow.rules.comparing import KINDS
from shuzheng.support.workflow.rules.reading.nodes import kind_of
from shuzheng.support.workflow.rules.reading.xml import Element, elements, local, read_source


def names_in(xml: bytes) -> dict[str, str | Sentence]:
    """Return by id what every element is called, or what it is where nothing is written.

    Raises:
        FlowInvalid: it is no BPMN.
    """
    root = read_source(xml).root
    return {
        key: name
        for element in elements(root)
        if (key := element.get("id"))
        and (name := (element.get("name") or "").strip() or _kind(element))
        and local(element) != "process"
    }


def _kind(element: Element) -> Sentence | None:
    kind = "edge" if local(element) == "sequenceFlow" else kind_of(element)
    return Sentence(kind, KINDS[kind]) if kind else None
