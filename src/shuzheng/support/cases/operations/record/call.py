"""What a step of a flow is given."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from shuzheng.infrastructure.access.rules import Actor
from shuzheng.support.cases.models import Case


@dataclass(frozen=True, slots=True)
class Call:
    """One call of a step: for which case of which bundle, with the element's properties."""

    case: Case
    root: Case
    properties: Mapping[str, str]
    by: Actor
    at: datetime
