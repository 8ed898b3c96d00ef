"""Work of posts nobody holds is shown to the nearest post above that somebody does hold."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import transaction

from shuzheng.infrastructure.access.rules import system
from shuzheng.institutions.organisation import queries as organisation
from shuzheng.support.cases.models import Task
from shuzheng.support.cases.operations.handling.tasks import show_above
from shuzheng.support.cases.operations.record.access import lock_case
from shuzheng.support.cases.rules.vacancies import POST_VACANT, is_unseen, nearest_held
from shuzheng.support.identity.queries import list_held_posts


def raise_vacant(*, at: datetime, limit: int = 200) -> int:
    """Show open tasks of posts nobody holds to a post above, once; returns how many.

    What nobody above could see either stays as it is until somebody holds one of the posts.
    """
    held = list_held_posts(at=at)
    above = {post.code: _nearest(post.code, held) for post in organisation.list_posts()}
    vacant = [code for code, nearest in above.items() if nearest and code not in held]
    unseen = Task.objects.filter(state="open", for_applicant=False, post__in=vacant)
    rows = unseen.exclude(escalated_to__in=held).order_by("pk")
    found = rows.values_list("pk", "case__number")[:limit]
    return sum(_raise(pk, number, above, held, at) for pk, number in found)


def _nearest(post: str, held: Collection[str]) -> str:
    return nearest_held((each.code for each in organisation.list_posts_above(post)), held)


@transaction.atomic
def _raise(
    pk: int, number: str, above: Mapping[str, str], held: Collection[str], at: datetime
) -> bool:
    _, case = lock_case(number)
    task = Task.objects.select_for_update().get(pk=pk)
    is_hidden = is_unseen(post=task.post, raised_to=task.escalated_to, held=held)
    if task.state != "open" or not is_hidden or not above.get(task.post):
        return False
    to, name = above[task.post], organisation.get_post(task.post).name
    show_above(POST_VACANT, case, task, to, by=system("vacancies"), at=at, from_name=name)
    return True
