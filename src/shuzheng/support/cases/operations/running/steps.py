"""The steps of cases that flows may call by name; everything else is asked of another room."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from shuzheng.infrastructure.access.rules import Actor
from shuzheng.support.cases.models import Case
from shuzheng.support.cases.operations.record import payloads, requests
from shuzheng.support.cases.operations.record.call import Call
from shuzheng.support.cases.operations.running import acceptance, closing
from shuzheng.support.cases.rules.flow_refusals import OperationUnknown
from shuzheng.support.workflow import rules as engine

Step = Callable[[Call], Mapping[str, Any]]

STEPS: dict[str, Step] = {
    "cases.accept": acceptance.accept,
    "cases.decline": acceptance.decline,
    "cases.deem_withdrawn": acceptance.deem_withdrawn,
    "cases.deliver": closing.deliver,
    "cases.publish": closing.publish,
    "cases.hand_over": closing.hand_over,
    "cases.archive": closing.archive,
    "cases.close": closing.close,
    "cases.close_member": closing.close_member,
}
PAYLOADS: dict[str, Step] = {
    "documents.issue": payloads.document,
    "licences.issue": payloads.licence,
}
EXTERNAL = "external."
"""Work of other systems: they take the request and report back, or that it failed."""


def perform(
    case: Case, root: Case, effect: engine.CallService, *, by: Actor, at: datetime
) -> Mapping[str, Any] | None:
    """Do one of our own steps now, or ask another room and return nothing until it reports.

    Raises:
        OperationUnknown: nobody carries out what the drawing names.
    """
    step = STEPS.get(effect.operation)
    call = Call(case, root, effect.properties, by, at)
    if step is not None:
        return step(call)
    if effect.operation.startswith(EXTERNAL):
        payload: Mapping[str, Any] = {"properties": dict(effect.properties), "item": effect.item}
    elif effect.operation in PAYLOADS:
        payload = PAYLOADS[effect.operation](call)
    else:
        raise OperationUnknown(
            number=case.number, element=effect.element, operation=effect.operation
        )
    requests.request_service(case, effect.token, effect.operation, payload, by=by, at=at)
    return None
