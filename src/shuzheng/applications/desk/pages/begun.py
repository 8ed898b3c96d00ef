"""What opened a case that nobody applied for, in words, and what it took along."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.timezone import localtime
from django.utils.translation import gettext

from shuzheng.infrastructure.journal.rules import get_entry_kind
from shuzheng.infrastructure.web.operations import local
from shuzheng.infrastructure.web.rules import SummaryRow
from shuzheng.policy.refusals import gettext_noop
from shuzheng.support.cases.queries import CaseRow, Progress, TaskRow
from shuzheng.support.cases.rules.starts import CAUSE
from shuzheng.support.matters.queries import get_revision

SENTENCES = {
    "message": gettext_noop("收到消息“{name}”，自动启动。"),
    "signal": gettext_noop("收到信号“{name}”，自动启动。"),
    "timer": gettext_noop("到了设定的时间（{name}），自动启动。"),
    "entry": gettext_noop("{name}，自动启动。"),
}


@dataclass(frozen=True, slots=True)
class Begun:
    """Why a case began by itself, when, from which other case, and with which facts."""

    why: str
    at: datetime
    case: str
    facts: tuple[SummaryRow, ...]


def begun_of(root: Progress) -> Begun | None:
    """Return what opened the case, nothing if somebody applied for it."""
    cause = root.variables.get(CAUSE)
    if root.applicant_person or not cause:
        return None
    kind = get_entry_kind(cause["name"])
    name = gettext(kind.sentence) if cause["kind"] == "entry" and kind else cause["name"]
    return Begun(
        gettext(SENTENCES[cause["kind"]]).format(name=name),
        localtime(datetime.fromisoformat(cause["at"])),
        cause["case"],
        tuple(_facts(root, cause["name"])),
    )


def _facts(root: Progress, entry: str) -> Iterator[SummaryRow]:
    matter = get_revision(root.revision_id).matter
    for opening in matter.opened_by if matter else ():
        if opening.entry == entry:
            for each in opening.facts:
                yield SummaryRow(local(each.label), root.variables.get(each.variable))


def applicant_of(row: TaskRow | CaseRow) -> str:
    """Return who applied, masked, or that nobody did."""
    return row.applicant_masked or gettext("无申请人")
