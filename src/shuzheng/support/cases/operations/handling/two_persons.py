"""The second person confirms; no ruling rests on what only one vouches for."""

from datetime import datetime

from django.db import transaction

from shuzheng.infrastructure.access.rules import Actor, guard
from shuzheng.institutions.organisation import queries as organisation
from shuzheng.support.cases.models import Case, Visit
from shuzheng.support.cases.operations.handling.recusal import require_unrecused
from shuzheng.support.cases.operations.record.access import lock_case
from shuzheng.support.cases.operations.record.notes import note
from shuzheng.support.cases.rules.two_persons import (
    CONFIRM_VISIT,
    VISIT_CONFIRMED,
    VISIT_TO_CONFIRM,
    NoVisitToConfirm,
    OwnReview,
    SamePerson,
    VisitConfirmedBefore,
    VisitUnconfirmed,
    is_second,
    rests_on_visit,
)


@transaction.atomic
def confirm_visit(*, number: str, by: Actor, at: datetime) -> None:
    """Confirm, with one's own account, that one was at the visit somebody else recorded.

    Source: 行政许可法(2019-04-23) 第三十四条第三款.

    Raises:
        NoVisitToConfirm: none, or the department has no part in the case.
        SamePerson: the actor recorded it.
        VisitConfirmedBefore: somebody did already.
    """
    guard(by, CONFIRM_VISIT)
    root, _ = lock_case(number)
    visit = Visit.objects.select_for_update().filter(case=root).first()
    if visit is None or not _has_part(root, by):
        raise NoVisitToConfirm(number=number)
    require_unrecused(root, by)
    if visit.confirmed_at is not None:
        raise VisitConfirmedBefore(who=visit.confirmed_name)
    if not is_second(visit.recorded_account, by.account):
        raise SamePerson
    visit.confirmed_by, visit.confirmed_name = by.account, by.name
    visit.confirmed_post, visit.confirmed_at = by.post, at
    visit.save()
    day = visit.visited_on.isoformat()
    note(VISIT_CONFIRMED, root, by=by, at=at, visited_on=day, recorder=visit.recorded_name)


def ask_confirmation(root: Case, visit: Visit, *, by: Actor, at: datetime) -> None:
    """Tell the posts that could have been there; a colleague of theirs confirms."""
    posts = visiting_posts(root)
    above = organisation.get_superior_post(by.post)
    if not posts - {by.post}:
        posts = {above.code} if above else {by.post}
    for post in sorted(posts - {by.post}) or [by.post]:
        note(
            VISIT_TO_CONFIRM,
            root,
            by=by,
            at=at,
            visited_on=visit.visited_on.isoformat(),
            recorder=by.name,
            post=post,
            link=f"/desk/cases/{root.number}/",
        )


def require_two(root: Case, case: Case, by: Actor) -> None:
    """Refuse a ruling where two persons are needed and there is only one.

    Raises:
        VisitUnconfirmed: the matter's visit has no second person yet.
        OwnReview: somebody standing in would rule on what they reviewed themselves.
    """
    if rests_on_visit(case.matter, root.variables.get("visit_matters") or ()):
        visit = Visit.objects.filter(case=root, confirmed_at__isnull=True).first()
        if visit is not None:
            raise VisitUnconfirmed(who=visit.recorded_name)
    reviewed = case.tasks.filter(state="done", duty__startswith="review:", done_by=by.account)
    if by.is_acting and reviewed.exists():
        raise OwnReview(number=case.number)


def _has_part(root: Case, by: Actor) -> bool:
    """Say whether the actor's department has a matter in the case, or visits for one to come."""
    if by.kind != "official":
        return False
    is_member = root.members.filter(department=by.department).exists()
    return is_member or by.post in visiting_posts(root)


def visiting_posts(root: Case) -> set[str]:
    """Return the posts of all departments that see the place of a bundle."""
    return {
        post.code
        for matter in root.variables.get("visit_matters") or ()
        for post in organisation.list_posts_with_duty(f"visit:{matter}", root.area)
    }
