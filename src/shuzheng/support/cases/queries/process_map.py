"""How the cases of a flow really go: how often each line, how long at each step, what comes back.

Nobody is measured: figures are by step and by post, and those of a post are left out where fewer
than five people made them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from shuzheng.support.cases.models import Case
from shuzheng.support.workflow.queries import get_flow_version
from shuzheng.support.workflow.rules import Flow
from shuzheng.support.workflow.rules.graph import Node

FEWEST_PEOPLE = 5
_CASES = """
    SELECT c.id, c.closed_at FROM cases_case c JOIN workflow_flowversion v ON v.id = c.flow_id
    WHERE v.key = %(key)s AND c.flow_state IS NOT NULL
        AND (%(begin)s::timestamptz IS NULL OR c.submitted_at >= %(begin)s)
        AND (%(end)s::timestamptz IS NULL OR c.submitted_at < %(end)s)
        AND (%(department)s = '' OR c.department = %(department)s)
"""
_PASSED = f"""
    WITH chosen AS ({_CASES}),
    edge(id, source, target) AS (
        SELECT * FROM unnest(%(edges)s::text[], %(sources)s::text[], %(targets)s::text[])
    ),
    passed AS (
        SELECT s.case_id, s.id AS step, s.at, taken.place, edge.*, chosen.closed_at
        FROM cases_flowstep s
        JOIN chosen ON chosen.id = s.case_id
        CROSS JOIN LATERAL jsonb_path_query(s.told, '$[*].t[*]')
            WITH ORDINALITY AS taken(flow, place)
        JOIN edge ON edge.id = taken.flow #>> '{{}}'
    )
"""  # noqa: S608 - composed of our own constants
_LINES = f"{_PASSED} SELECT id, count(*) FROM passed GROUP BY id"  # noqa: S608
# A step is entered along one line and left along another; of two at once it is left first.
# What waits for several lines is visited once when it is left; what came since still waits there.
_STEPS = f"""
    {_PASSED},
    moves AS (
        SELECT case_id, target AS element, step, place, at, 'in' AS way, closed_at FROM passed
        UNION ALL
        SELECT case_id, source, step, place, at, 'out', closed_at FROM passed
    ),
    stays AS (
        SELECT element, case_id, way, closed_at, at,
            lead(at) OVER following AS left_at, lead(way) OVER following AS next
        FROM moves
        WINDOW following AS (PARTITION BY case_id, element ORDER BY step, place, way DESC)
    )
    SELECT element,
        CASE WHEN element = ANY(%(joins)s)
            THEN count(*) FILTER (WHERE way = 'in' AND next IS DISTINCT FROM 'in')
            ELSE count(*) FILTER (WHERE way = 'in') END,
        count(DISTINCT case_id),
        count(*) FILTER (WHERE way = 'in' AND next IS NULL AND closed_at IS NULL),
        percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM left_at - at))
            FILTER (WHERE way = 'in' AND next = 'out')
    FROM stays GROUP BY element
"""  # noqa: S608 - composed of our own constants
_POSTS = f"""
    WITH chosen AS ({_CASES})
    SELECT t.element, t.post, count(*), count(DISTINCT t.done_by),
        percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM t.done_at - t.opened_at))
    FROM cases_task t JOIN chosen ON chosen.id = t.case_id
    WHERE t.state = 'done' AND t.post <> ''
    GROUP BY t.element, t.post ORDER BY t.element, t.post
"""  # noqa: S608 - composed of our own constants


@dataclass(frozen=True, slots=True)
class MapStep:
    """One step of the map.

    Attributes:
        name: as it is drawn; empty where nothing is written.
        visits: how often cases came here, to a join once for all its lines.
        standing: cases that stand here now.
        median_seconds: from coming to leaving, None if none has left yet.
    """

    element: str
    name: str
    kind: str
    visits: int
    cases: int
    standing: int
    median_seconds: float | None

    @property
    def returns(self) -> int:
        """How often a case came here again."""
        return max(self.visits - self.cases, 0)


@dataclass(frozen=True, slots=True)
class PostShare:
    """What one post did of a step; without figures where too few people made them."""

    element: str
    name: str
    kind: str
    post: str
    tasks: int | None
    median_seconds: float | None


@dataclass(frozen=True, slots=True)
class ProcessMap:
    """How a flow went in a period: how many cases, its steps, lines by id, shares of posts."""

    flow_id: int
    cases: int
    steps: tuple[MapStep, ...]
    lines: dict[str, int]
    posts: tuple[PostShare, ...]


def get_process_map(
    *,
    flow_id: int,
    begin: datetime | None = None,
    end: datetime | None = None,
    department: str = "",
) -> ProcessMap:
    """Return how the cases of a flow went, of all its versions, on the drawing of one.

    Args:
        begin: cases submitted at or after it; end: before it.
        department: only cases of this department; empty for all.

    Raises:
        FlowNotFound: there is no such version.
    """
    version = get_flow_version(flow_id)
    edges = [edge for node in version.flow.nodes.values() for edge in node.outgoing]
    facts = {
        "key": version.key,
        "begin": begin,
        "end": end,
        "department": department,
        "joins": [key for key, node in version.flow.nodes.items() if _is_join(node)],
        "edges": [edge.id for edge in edges],
        "sources": [edge.source for edge in edges],
        "targets": [edge.target for edge in edges],
    }
    (counted,) = _ask(f"WITH chosen AS ({_CASES}) SELECT count(*) FROM chosen", facts)  # noqa: S608
    return ProcessMap(
        flow_id=version.id,
        cases=counted[0],
        steps=tuple(_step(version.flow, row) for row in _ask(_STEPS, facts)),
        lines=dict(_ask(_LINES, facts)),
        posts=tuple(
            _share(version.flow, row) for row in _ask(_POSTS, facts) if row[0] in version.flow.nodes
        ),
    )


def list_departments_of(key: str) -> frozenset[str]:
    """Return the departments whose cases have gone along a flow, whatever version."""
    cases = Case.objects.filter(flow__key=key).exclude(flow_state=None).order_by()
    return frozenset(cases.values_list("department", flat=True).distinct())


def _is_join(node: Node) -> bool:
    return node.kind in {"parallel", "inclusive"} and len(node.incoming) > 1


def _ask(statement: str, facts: dict[str, Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, facts)
        return list(cursor.fetchall())


def _step(flow: Flow, row: Sequence[Any]) -> MapStep:
    element, visits, cases, standing, median = row
    node = flow.nodes[element]
    return MapStep(
        element=element,
        name=node.name,
        kind=node.kind,
        visits=visits or cases,
        cases=cases,
        standing=standing,
        median_seconds=None if median is None else float(median),
    )


def _share(flow: Flow, row: Sequence[Any]) -> PostShare:
    element, post, tasks, people, median = row
    is_told = people >= FEWEST_PEOPLE
    return PostShare(
        element=element,
        name=flow.nodes[element].name,
        kind=flow.nodes[element].kind,
        post=post,
        tasks=tasks if is_told else None,
        median_seconds=float(median) if is_told else None,
    )
