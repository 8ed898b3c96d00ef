"""Steps at the end: deliver, publish, hand over, archive."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from shuzheng.infrastructure.journal.queries import list_entries_of_case
from shuzheng.infrastructure.storage import operations as storage
from shuzheng.institutions.calendar.queries import get_calendar
from shuzheng.institutions.organisation import queries as organisation
from shuzheng.policy.periods import Period, PeriodUnit, due_on
from shuzheng.support.cases.models import Case, HandOver
from shuzheng.support.cases.operations.record import periods
from shuzheng.support.cases.operations.record.call import Call
from shuzheng.support.cases.operations.record.forms import read_form
from shuzheng.support.cases.operations.record.notes import note
from shuzheng.support.cases.operations.record.rows import form_of
from shuzheng.support.cases.rules import (
    ARCHIVED,
    DELIVERED,
    HANDED_OVER,
    PUBLISHED,
    masked_name,
)
from shuzheng.support.cases.rules.starts import CLOSED
from shuzheng.support.cases.rules.states import State, follow
from shuzheng.support.matters.queries import get_revision


def close_member(call: Call) -> Mapping[str, Any]:
    """The matter's written decision is out: its case is done."""
    call.case.state = follow(number=call.case.number, state=call.case.state, to=State.CLOSED)
    call.case.closed_at = call.at
    periods.stop_clocks(call.case, at=call.at)
    return {}


def close(call: Call) -> Mapping[str, Any]:
    """What nobody applied for is done: there is no result to hand over."""
    close_member(call)
    note(CLOSED, call.case, by=call.by, at=call.at)
    return {}


def deliver(call: Call) -> Mapping[str, Any]:
    """Hand all results over at once; the bundle is done."""
    call.case.state = follow(number=call.case.number, state=call.case.state, to=State.CLOSED)
    call.case.closed_at = call.at
    periods.stop_clocks(call.case, at=call.at)
    note(DELIVERED, call.case, by=call.by, at=call.at)
    return {"delivered_at": call.at.isoformat()}


def publish(call: Call) -> Mapping[str, Any]:
    """Make the decision public, a person's name masked (行政许可法 第四十条)."""
    ruling = call.case.ruling
    ruling.published_at = call.at
    ruling.published_holder = _public_holder(call.root)
    ruling.save(update_fields=["published_at", "published_holder"])
    note(PUBLISHED, call.case, by=call.by, at=call.at)
    return {}


def _public_holder(root: Case) -> str:
    values = read_form(root).values
    business = str(values.get("business_name", ""))
    return business or masked_name(str(values.get("applicant_name", "")))


def hand_over(call: Call) -> Mapping[str, Any]:
    """Tell the supervising department what was granted (最多跑一次规定 第三十三条)."""
    matter = get_revision(call.case.revision_id).matter
    assert matter is not None
    department = matter.supervising_department or matter.department
    check_by_on = None
    if matter.first_check_working_days:
        period = Period(amount=matter.first_check_working_days, unit=PeriodUnit.WORKING_DAY)
        check_by_on = due_on(period, started_on=periods.today(call.at), calendar=get_calendar())
    HandOver.objects.create(
        case=call.case,
        department=department,
        check_by_on=check_by_on,
        facts={"matter": call.case.title, "risk": call.case.variables.get("risk", "")},
        handed_at=call.at,
    )
    posts = organisation.list_posts_with_duty(f"supervise:{department}", call.case.area)
    note(
        HANDED_OVER,
        call.case,
        by=call.by,
        at=call.at,
        department=department,
        check_by_on=check_by_on.isoformat() if check_by_on else "",
        post=posts[0].code if posts else "",
    )
    return {}


def archive(call: Call) -> Mapping[str, Any]:
    """Keep the list of the file's parts with their hashes (国务院令第716号 第十二条).

    The list names parts, not what they say: the parts stay encrypted where they are.
    """
    family = [call.root, *call.root.members.order_by("pk")]
    manifest = {
        "number": call.root.number,
        "closed_at": call.at.isoformat(),
        "cases": [{"number": each.number, "state": each.state} for each in family],
        "attachments": [
            {"material": each.material, "sha256": each.sha256}
            for each in call.root.attachments.filter(is_removed=False).order_by("pk")
        ],
        "form_sha256": hashlib.sha256(form_of(call.root).encode()).hexdigest(),
        "entries": [str(entry.id) for entry in list_entries_of_case(call.root.number)],
    }
    content = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True).encode()
    stored = storage.put(content, "application/json")
    call.case.archived_sha256 = stored.sha256
    note(ARCHIVED, call.root, by=call.by, at=call.at, sha256=stored.sha256)
    return {"sha256": stored.sha256}
