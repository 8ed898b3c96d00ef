"""Remind holders, once, that a licence ends and until when they ask for its renewal."""

from datetime import date, datetime, timedelta

from django.db import transaction

from shuzheng.infrastructure.access.rules import system
from shuzheng.institutions.calendar.queries import get_calendar
from shuzheng.support.licences import models
from shuzheng.support.licences.operations.notes import note
from shuzheng.support.licences.queries import get_licence_type, list_licences_ending
from shuzheng.support.licences.rules import LicenceState, LicenceType
from shuzheng.support.licences.rules.renewal import RENEWAL_DUE, days_before

HORIZON = timedelta(days=200)
"""No type reminds earlier: two hundred days hold more than a hundred working days."""


def remind_of_renewal(*, at: datetime) -> int:
    """Tell the holders of licences that end soon; returns how many were told for the first time.

    Source: 行政许可法 第五十条.
    """
    today = get_calendar().local_day(at)
    ending = list_licences_ending(from_on=today, to_on=today + HORIZON, unreminded=True)
    return sum(_remind(each.code, today, at=at) for each in ending)


@transaction.atomic
def _remind(code: str, today: date, *, at: datetime) -> bool:
    row = models.Licence.objects.select_for_update().get(code=code)
    kind = get_licence_type(row.licence_type_id)
    is_open = row.state == LicenceState.IN_FORCE and row.renewal_reminded_at is None
    if not is_open or row.valid_until is None or not _is_due(kind, row.valid_until, today):
        return False
    row.renewal_reminded_at = at
    row.save(update_fields=["renewal_reminded_at"])
    facts = {
        "valid_until": row.valid_until.isoformat(),
        "ask_by_on": _before(row.valid_until, kind.renewal_working_days).isoformat(),
        "clause": kind.renewal_basis,
    }
    note(RENEWAL_DUE, row, by=system("licences"), at=at, **facts)
    return True


def _is_due(kind: LicenceType, valid_until: date, today: date) -> bool:
    if not kind.renewal_working_days:
        return False
    return today >= _before(valid_until, kind.remind_working_days)


def _before(valid_until: date, working_days: int) -> date:
    return days_before(valid_until, working_days, is_working_day=get_calendar().is_working_day)
