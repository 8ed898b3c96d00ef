"""Published decisions, compiled once in each process."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.db import connection

from shuzheng.support.decisions.models import DecisionVersion
from shuzheng.support.decisions.rules import (
    Case,
    Model,
    VersionUnknown,
    Wording,
    read_cases,
    read_model,
)

COMPILED_AT_ONCE = 256
# Written out, for every decision asks: the ORM takes four times as long to put it.
_IN_FORCE = "SELECT id FROM decisions_decisionversion WHERE key = %s AND withdrawn_at IS NULL"


@dataclass(frozen=True, slots=True)
class Version:
    """A published version and its compiled model.

    Attributes:
        number: counts from 1 for each key.
        department: code of the department that owns it, empty if none does.
        decision: name of the decision in the model.
        digest: SHA-256 of the model, hexadecimal.
        citations: references to the law the decision rests on, as printed.
        optional: names of inputs that may be absent.
        words: what people call the values, by input or conclusion.
        cases: examples that must come out before a next version is published in the browser.
    """

    id: int
    key: str
    number: int
    title: str
    department: str
    decision: str
    digest: str
    citations: tuple[str, ...]
    optional: tuple[str, ...]
    words: Wording
    cases: tuple[Case, ...]
    published_at: datetime
    model: Model


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A published version without its model, for lists."""

    id: int
    key: str
    number: int
    title: str
    published_at: datetime
    is_in_force: bool


def get_decision(key: str) -> Version:
    """Return the version of a decision that is in force.

    Raises:
        VersionUnknown: there is none.
    """
    with connection.cursor() as cursor:
        cursor.execute(_IN_FORCE, [key])
        found = cursor.fetchone()
    if found is None:
        raise VersionUnknown(decision=key)
    return get_version(found[0])


def get_decision_on(key: str, *, at: datetime) -> Version:
    """Return the version that was in force at a moment.

    Raises:
        VersionUnknown: there was none.
    """
    rows = DecisionVersion.objects.filter(key=key, published_at__lte=at).order_by("-number")
    found = rows.values_list("id", "withdrawn_at").first()
    if found is None or (found[1] is not None and found[1] <= at):
        raise VersionUnknown(decision=key)
    return get_version(found[0])


def get_numbered_version(key: str, number: int) -> Version:
    """Return the version of that number.

    Raises:
        VersionUnknown: there is none.
    """
    found = DecisionVersion.objects.filter(key=key, number=number).values_list("id").first()
    if found is None:
        raise VersionUnknown(decision=key)
    return get_version(found[0])


@lru_cache(maxsize=COMPILED_AT_ONCE)
def get_version(version_id: int) -> Version:
    """Return one version; a version never changes, so it is compiled once in each process.

    Raises:
        VersionUnknown: there is no such version.
    """
    row = DecisionVersion.objects.filter(id=version_id).first()
    if row is None:
        raise VersionUnknown(decision=version_id)
    return Version(
        row.id,
        row.key,
        row.number,
        row.title,
        row.department,
        row.decision,
        row.digest,
        tuple(row.citations),
        tuple(row.optional),
        row.words,
        read_cases(row.cases),
        row.published_at,
        read_model(bytes(row.xml)),
    )


def get_model_text(version_id: int) -> bytes:
    """Return the DMN text of a version, byte for byte as it was published.

    Raises:
        VersionUnknown: there is no such version.
    """
    xml = DecisionVersion.objects.filter(id=version_id).values_list("xml", flat=True).first()
    if xml is None:
        raise VersionUnknown(decision=version_id)
    return bytes(xml)


def list_decisions() -> tuple[VersionRow, ...]:
    """Return all versions of all decisions, by key, the newest first."""
    return tuple(map(_row, DecisionVersion.objects.defer("xml")))


def list_versions(key: str) -> tuple[VersionRow, ...]:
    """Return the versions of one decision, the newest first."""
    return tuple(map(_row, DecisionVersion.objects.defer("xml").filter(key=key)))


def _row(row: DecisionVersion) -> VersionRow:
    return VersionRow(
        row.pk, row.key, row.number, row.title, row.published_at, row.withdrawn_at is None
    )
