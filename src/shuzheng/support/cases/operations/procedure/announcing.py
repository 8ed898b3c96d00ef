"""Say when and where a hearing is: to the applicant, to others concerned, and to the public."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db import transaction

from shuzheng.infrastructure.access.rules import Actor
from shuzheng.support.cases.models import Case, Hearing
from shuzheng.support.cases.operations.handling.tasks import lock_task
from shuzheng.support.cases.operations.procedure.hearings import (
    hearing_provision,
    issue_paper,
    last_day,
)
from shuzheng.support.cases.operations.record import notices, periods
from shuzheng.support.cases.operations.record.forms import read_form
from shuzheng.support.cases.operations.record.notes import note
from shuzheng.support.cases.rules import REVIEW_CASE
from shuzheng.support.cases.rules.hearings import (
    HEARING_ANNOUNCED,
    Announcement,
    HearingIncomplete,
    clock_time,
    require_announceable,
)
from shuzheng.support.cases.rules.public_hearings import require_nameless


@transaction.atomic
def announce_hearing(*, task_id: int, announcement: Announcement, by: Actor, at: datetime) -> None:
    """Say when and where the hearing is and who chairs it, in time before it.

    One that the organ ordered is announced to the public too.

    Source: 行政许可法 第四十六条, 第四十八条第一、三项.

    Raises:
        HearingTooSoon, HearingTooLate, ChairReviewed, HearingIncomplete.
        SaysWhoApplied: the public would read who applied.
    """
    root, case, task = lock_task(task_id, by, permission=REVIEW_CASE, duty="review")
    row = Hearing.objects.select_for_update().get(case=case)
    notice = hearing_provision(case).announce_before
    reviewed = case.tasks.filter(state="done", element="review").exclude(pk=task.pk)
    require_announceable(
        announcement,
        earliest=last_day(notice, periods.today(at)),
        hold_by_on=row.hold_by_on,
        notice=notice.words,
        reviewers=[*reviewed.values_list("done_name", flat=True), by.name],
    )
    _write(row, announcement)
    row.announced_on = periods.today(at)
    if row.ground:
        _require_public(root, row)
    row.save()
    _tell(root, case, row, announcement.parties, by=by, at=at)


def _write(row: Hearing, said: Announcement) -> None:
    row.held_on, row.begins = said.held_on, said.begins
    row.place, row.chair, row.joining = said.place.strip(), said.chair.strip(), said.joining.strip()


def _require_public(root: Case, row: Hearing) -> None:
    if not row.joining:
        raise HearingIncomplete(field="joining", missing="参加办法")
    said = {"place": row.place, "joining": row.joining}
    require_nameless(said, private=private_words(root))


def private_words(root: Case) -> Iterator[str]:
    """Yield what of the form is personal: who applied, and what the persons register said."""
    form = read_form(root)
    for name, value in form.values.items():
        source = form.sources.get(name)
        if name == "applicant_name" or (source and source.register == "persons"):
            yield str(value or "").strip()


def _tell(
    root: Case, case: Case, row: Hearing, parties: Sequence[str], *, by: Actor, at: datetime
) -> None:
    assert row.held_on is not None
    facts = {"held_on": row.held_on.isoformat(), "begins": clock_time(row.begins)}
    note(HEARING_ANNOUNCED, case, by=by, at=at, place=row.place, chair=row.chair, **facts)
    names = dict.fromkeys(each.strip() for each in parties if each.strip())
    for party in ("", *names):
        payload = notices.hearing_announcement(case, root, row, party=party, at=at)
        serial = case.service_requests.count() + 1
        issue_paper(case, f"hearing_announcement:{row.pk}:{serial}", payload, by=by, at=at)
