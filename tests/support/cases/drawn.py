"""Parts of drawings that the tests of cases share."""

from shuzheng.infrastructure.journal.models import Entry
from tests.support.workflow.flow_drawing import FORMAL

USER = '<userTask id="{0}" name="{0}" shuzheng:duty="do:work"/>'
ENDS = '<startEvent id="s"/><endEvent id="e"/>'


def user(*names: str) -> str:
    return "".join(USER.format(name) for name in names)


def catch(key: str, definition: str, *, more: str = "") -> str:
    return f'<intermediateCatchEvent id="{key}" {more}>{definition}</intermediateCatchEvent>'


def boundary(key: str, host: str, definition: str, *, interrupting: bool = True) -> str:
    kept = "" if interrupting else 'cancelActivity="false"'
    return f'<boundaryEvent id="{key}" attachedToRef="{host}" {kept}>{definition}</boundaryEvent>'


def timer(kind: str, value: str) -> str:
    return f"<timerEventDefinition><{kind} {FORMAL}>{value}</{kind}></timerEventDefinition>"


def message(ref: str = "m") -> str:
    return f'<messageEventDefinition messageRef="{ref}"/>'


def signal(ref: str = "sg") -> str:
    return f'<signalEventDefinition signalRef="{ref}"/>'


MESSAGE = '<message id="m" name="papers"/>'
SIGNAL = '<signal id="sg" name="storm"/>'
ERROR = '<error id="er" errorCode="E1"/>'
ORDER = 'shuzheng:correlation="order"'


def entries(kind: str) -> int:
    return Entry.objects.filter(kind=kind).count()


def external(key: str = "x", *, more: str = "") -> str:
    return f'<serviceTask id="{key}" shuzheng:operation="external.x" {more}/>'


CALL = '<callActivity id="call" calledElement="{0}"/>'
