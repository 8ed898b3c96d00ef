"""What is wrong with a drawing here and now: its own faults, and posts that cannot do its tasks."""

from datetime import datetime

from shuzheng.institutions.calendar.queries import get_calendar
from shuzheng.institutions.organisation.queries import list_posts
from shuzheng.support.identity.queries import list_held_posts
from shuzheng.support.matters.queries import list_keys_of_flow
from shuzheng.support.workflow.rules import FlowProblem, check_flow, read_flow
from shuzheng.support.workflow.rules.duties import KnownPost, check_duties


def check_drawing(
    xml: bytes, *, key: str, process: str = "", at: datetime
) -> tuple[FlowProblem, ...]:
    """Return all that is wrong with the drawing of a flow, or worth a second look, at a moment."""
    problems = check_flow(xml, process=process)
    if any(each.severity == "error" for each in problems):
        return problems
    held = list_held_posts(at=at)
    posts = [KnownPost(each.name, each.duties, each.code in held) for each in list_posts()]
    matters = list_keys_of_flow(key, on=get_calendar().local_day(at)) if posts else ()
    flow = read_flow(xml, process=process)
    return (*problems, *check_duties(flow, posts=posts, matters=matters))
