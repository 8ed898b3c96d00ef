"""Matters that nobody applies for, on flows drawn in a test."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from shuzheng.infrastructure.access.rules import Actor
from shuzheng.infrastructure.journal.rules import Entry
from shuzheng.support.cases import operations as cases
from shuzheng.support.cases.models import Case
from shuzheng.support.matters.operations import publish_matter
from tests.support.cases.flows import BY, CLERK, publish
from tests.support.cases.play import AT
from tests.support.workflow.flow_drawing import FORMAL

CLOSE = '<serviceTask id="c" name="办结" shuzheng:operation="cases.close"/><endEvent id="e"/>'
TASK = '<userTask id="t" name="处理" shuzheng:duty="supervise:open_restaurant"/>'
BEFORE = AT - timedelta(days=1)
CITATION = {
    "law": "行政许可法",
    "version": "2019-04-23",
    "article": "第四十二条",
    "says": "。",
    "verified": False,
}
DAY = timedelta(days=1)
FACTS = [
    {"fact": "absent", "variable": "absent", "label": "缺少的记录"},
    {"fact": "dataset", "variable": "dataset", "label": "数据集"},
]
BATCH = [{"entry": "collection.endings_held", "facts": FACTS}]


def start(definition: str, *, key: str = "s", more: str = "") -> str:
    """Draw a start event."""
    return f'<startEvent id="{key}" {more}>{definition}</startEvent>'


def condition(text: str) -> str:
    """Draw the condition of a conditional event."""
    body = f"<condition {FORMAL}>{text}</condition>"
    return f"<conditionalEventDefinition>{body}</conditionalEventDefinition>"


def begun_by(key: str, starts: str, *, head: str = "", task: str = TASK, **more: Any) -> int:
    """Publish a flow of one task with these start events, and its matter; return the version."""
    ids = [each.partition('"')[0] for each in starts.split('<startEvent id="')[1:]]
    flows = " ".join(f"{each}>t" for each in ids)
    version = publish(key, f"{starts}{task}{CLOSE}", f"{flows} t>c c>e", head=head)
    matter(key, **more)
    return version


def matter(
    key: str,
    *,
    opened_by: list[Mapping[str, Any]] | None = None,
    valid_from: date = date(2026, 1, 1),
    at: datetime = BEFORE,
    **more: Any,
) -> None:
    """Publish a matter that nobody applies for, on the flow of the same key."""
    body = {
        "key": key,
        "title": f"事项 {key}",
        "valid_from": valid_from.isoformat(),
        "type": "其他行政权力",
        "department": "service",
        "summary": "测试",
        "basis": [CITATION],
        "flow": key,
        "offered": False,
        "opened_by": opened_by or [],
        "duty": "do:work",
        **more,
    }
    publish_matter(
        kind="matter",
        key=key,
        title=body["title"],
        department="service",
        valid_from=valid_from,
        words=(),
        digest=key,
        body=body,
        questions={},
        form={},
        by=BY,
        at=at,
    )


def opened(key: str) -> list[str]:
    """Return the numbers of the cases of a matter, oldest first."""
    cases = Case.objects.filter(matter=key).order_by("pk")
    return list(cases.values_list("number", flat=True))


def cause(number: str) -> Mapping[str, Any]:
    """Return what opened a case."""
    found: Mapping[str, Any] = Case.objects.get(number=number).variables["cause"]
    return found


def entry(kind: str = "collection.endings_held", *, at: datetime = AT, **given: Any) -> Entry:
    """Return an entry as the journal hands it over."""
    return Entry(
        number=1,
        id=given.pop("id", None) or uuid4(),
        kind=kind,
        subject="batch:1",
        actor_kind="system",
        actor_account="",
        actor_name="",
        actor_post="",
        at=at,
        facts=given.pop("facts", {}),
        purpose="",
        case=given.pop("case", ""),
        person="",
    )


def send(key: str = "7", *, by: Actor = CLERK, **more: Any) -> cases.Answer:
    return cases.send_message(name="papers", key=key, by=by, at=AT, **more)
