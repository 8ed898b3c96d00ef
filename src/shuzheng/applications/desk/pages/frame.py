"""The frame of every desk page: navigation by duty, the day, names of posts and departments."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext

from shuzheng.applications.desk.pages.shortcuts import (
    data_links,
    management_links,
    reference_links,
)
from shuzheng.infrastructure.access.rules import Actor
from shuzheng.infrastructure.web.operations import actor_of
from shuzheng.infrastructure.web.rules import Link, NavigationGroup
from shuzheng.institutions.calendar.queries import get_calendar
from shuzheng.institutions.organisation.queries import list_departments, list_posts
from shuzheng.support.cases.queries import count_inbox
from shuzheng.support.cases.rules import (
    AUDIT_CASES,
    HELP_APPLICANT,
    READ_CASE,
    RECEIVE_HAND_OVER,
)
from shuzheng.support.cases.rules.handing import REASSIGN_TASKS
from shuzheng.support.identity.rules import RESTORE_ACCESS


def frame(request: HttpRequest) -> dict[str, Any]:
    """Return what every desk page shows around its own matter."""
    actor = actor_of(request)
    waiting = count_inbox(post=actor.post)
    return {
        "waiting": waiting,
        "duties": tuple(_groups(actor, waiting)),
        "departments": {each.code: each.name for each in list_departments()},
        "posts": {each.code: each.name for each in list_posts()},
    }


def navigation(request: HttpRequest) -> tuple[NavigationGroup, ...]:
    """Return the menu of an official, for pages of rooms below the desk."""
    actor = actor_of(request)
    return tuple(_groups(actor, count_inbox(post=actor.post)))


def today() -> date:
    """Return the city's day."""
    return get_calendar().local_day(timezone.now())


def _groups(actor: Actor, waiting: int) -> Iterator[NavigationGroup]:
    yield NavigationGroup(gettext("我的工作"), tuple(_work(actor, waiting)))
    if actor.may(AUDIT_CASES):
        yield NavigationGroup(gettext("审计"), (Link(gettext("办件留痕"), "/desk/cases/"),))
    if data := tuple(data_links(actor)):
        yield NavigationGroup(gettext("数据"), data)
    if management := tuple(management_links(actor)):
        yield NavigationGroup(gettext("管理"), management)
    yield NavigationGroup(gettext("常查"), reference_links(actor))


def _work(actor: Actor, waiting: int) -> Iterator[Link]:
    yield Link(_inbox(waiting), "/desk/")
    if actor.may(READ_CASE):
        yield Link(gettext("本部门办件"), "/desk/cases/")
    if actor.may(READ_CASE) or actor.may(REASSIGN_TASKS):
        yield Link(gettext("经办与交接"), "/desk/colleagues/")
    if actor.may(RECEIVE_HAND_OVER):
        yield Link(gettext("审批监管衔接"), "/desk/hand-overs/")
    if actor.may(HELP_APPLICANT):
        yield Link(gettext("帮办代办"), "/desk/help/")
    if actor.may(RESTORE_ACCESS):
        yield Link(gettext("找回账号"), "/desk/restore/")
    yield Link(gettext("消息"), "/messages/")


def _inbox(waiting: int) -> str:
    return gettext("待办（{count}）").format(count=waiting) if waiting else gettext("待办")
