"""What the elements of a drawing are called, sound or not."""

from shuzheng.support.workflow.rules.reading.xml import elements, local, read_source


def names_in(xml: bytes) -> dict[str, str]:
    """Return the name of every element that has one, by id.

    Raises:
        FlowInvalid: it is no BPMN.
    """
    root = read_source(xml).root
    return {
        key: name
        for element in elements(root)
        if (key := element.get("id"))
        and (name := (element.get("name") or "").strip())
        and local(element) != "process"
    }
