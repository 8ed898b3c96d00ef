"""Published flows, compiled once in each process."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from shuzheng.support.workflow.models import FlowVersion as FlowVersionRow
from shuzheng.support.workflow.rules import Flow, FlowNotFound, read_flow

COMPILED_AT_ONCE = 256


@dataclass(frozen=True, slots=True)
class FlowVersion:
    """A published version and its compiled flow.

    Attributes:
        version: counts from 1 for each key.
        digest: SHA-256 of the drawing, hexadecimal.
    """

    id: int
    key: str
    title: str
    version: int
    digest: str
    published_at: datetime
    flow: Flow


@dataclass(frozen=True, slots=True)
class FlowRow:
    """A published version without its graph, for lists."""

    id: int
    key: str
    title: str
    version: int
    published_at: datetime
    is_in_force: bool
    department: str = ""


def get_flow(key: str) -> FlowVersion:
    """Return the version of a flow that new cases start under.

    Raises:
        FlowNotFound: there is none in force.
    """
    version = FlowVersionRow.objects.filter(key=key, withdrawn_at=None).values_list("id").first()
    if version is None:
        raise FlowNotFound(flow=key)
    return get_flow_version(version[0])


def get_flows(keys: Iterable[str]) -> Mapping[str, FlowVersion]:
    """Return the versions in force of these flows, by key; what has none is left out."""
    rows = FlowVersionRow.objects.filter(key__in=set(keys), withdrawn_at=None)
    return {key: get_flow_version(pk) for key, pk in rows.values_list("key", "id")}


@lru_cache(maxsize=COMPILED_AT_ONCE)
def get_flow_version(version_id: int) -> FlowVersion:
    """Return one version; a version never changes, so it is compiled once in each process.

    Raises:
        FlowNotFound: there is no such version.
    """
    row = FlowVersionRow.objects.filter(id=version_id).first()
    if row is None:
        raise FlowNotFound(flow=version_id)
    flow = read_flow(bytes(row.xml), process=row.process)
    return FlowVersion(row.id, row.key, row.title, row.number, row.digest, row.published_at, flow)


def get_drawing(version_id: int) -> bytes:
    """Return the BPMN file of a version, byte for byte as it was published.

    Raises:
        FlowNotFound: there is no such version.
    """
    xml = FlowVersionRow.objects.filter(id=version_id).values_list("xml", flat=True).first()
    if xml is None:
        raise FlowNotFound(flow=version_id)
    return bytes(xml)


def list_flows() -> tuple[FlowRow, ...]:
    """Return all versions of all flows, by key, the newest first."""
    rows = FlowVersionRow.objects.defer("xml")
    return tuple(
        FlowRow(
            id=row.id,
            key=row.key,
            title=row.title,
            version=row.number,
            published_at=row.published_at,
            is_in_force=row.withdrawn_at is None,
            department=row.department,
        )
        for row in rows
    )
