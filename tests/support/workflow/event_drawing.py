"""Drawings with messages, signals, errors and escalations."""

from shuzheng.support.workflow import rules
from tests.support.workflow.flow_drawing import flow_of

HEAD = (
    '<message id="m" name="withdraw"/><signal id="g" name="storm"/>'
    '<error id="x" errorCode="E1"/><error id="y" errorCode="E2"/>'
    '<escalation id="esc" escalationCode="late"/>'
)
START_END = '<startEvent id="s"/><endEvent id="e"/>'


def tasks(*names: str) -> str:
    return "".join(f'<userTask id="{name}"/>' for name in names)


def event(tag: str, key: str, definition: str, attributes: str = "") -> str:
    return f'<{tag} id="{key}" {attributes}>{definition}</{tag}>'


def boundary(key: str, host: str, definition: str, *, cancel: bool = True) -> str:
    attributes = f'attachedToRef="{host}" cancelActivity="{str(cancel).lower()}"'
    return event("boundaryEvent", key, definition, attributes)


def edges(*pairs: str) -> str:
    return "".join(
        f'<sequenceFlow id="f_{pair.replace(">", "_")}" sourceRef="{pair.split(">")[0]}" '
        f'targetRef="{pair.split(">")[1]}"/>'
        for pair in pairs
    )


MESSAGE = '<messageEventDefinition messageRef="m"/>'
ERROR = '<errorEventDefinition errorRef="x"/>'


def drawn(body: str, flows: str) -> rules.Flow:
    return flow_of(START_END + body, flows, head=HEAD)


INNER = (
    '<subProcess id="p1"><startEvent id="s1"/><userTask id="a"/>{end}'
    + edges("s1>a", "a>e1")
    + "{more}</subProcess>"
)


def subprocess(end: str = "", more: str = "") -> str:
    return INNER.format(end=event("endEvent", "e1", end), more=more)
