"""My account, my posts, and the role switcher of a demonstration."""

from dataclasses import dataclass
from datetime import datetime
from typing import cast

from allauth.account.adapter import get_adapter
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from shuzheng.infrastructure.web.operations import actor_of, in_english, page, public, signed_in
from shuzheng.infrastructure.web.rules import SummaryRow
from shuzheng.institutions.calendar.queries import get_calendar
from shuzheng.institutions.organisation.queries import get_department
from shuzheng.support.identity.models import Account
from shuzheng.support.identity.operations import switch_post, switch_role
from shuzheng.support.identity.pages.wording import next_address, say
from shuzheng.support.identity.queries import AccountRow, get_account, list_own_posts
from shuzheng.support.identity.rules import NotDemonstration, NotYourPost


@dataclass(frozen=True, slots=True)
class PostChoice:
    """A post to choose, with its department in words."""

    code: str
    name: str
    department_name: str


@signed_in
def show_account(request: HttpRequest) -> HttpResponse:
    """Show who the house believes you are, and how you sign in."""
    account = get_account(actor_of(request).account)
    context = {
        "rows": _identity_rows(account),
        "posts": _posts(request),
        "is_mfa_enabled": is_mfa_enabled(request.user),
    }
    return page(request, "identity/account.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def choose_post(request: HttpRequest) -> HttpResponse:
    """Choose the post to act on."""
    context: dict[str, object] = {"posts": _posts(request), "next": next_address(request, "/desk/")}
    if request.method != "POST":
        return page(request, "identity/post.html", context)
    now = timezone.now()
    try:
        switch_post(
            post=request.POST.get("post", ""),
            on=get_calendar().local_day(now),
            by=actor_of(request),
            at=now,
        )
    except NotYourPost as refusal:
        error = {"field": "post", "anchor": "post-1", "message": say(refusal)}
        return page(request, "identity/post.html", {**context, "errors": [error]}, status=403)
    return redirect(next_address(request, "/desk/"))


@public(reason="演示模式下任何人都可以切换到任一演示角色；正式运行时不存在。")
@require_POST
def choose_role(request: HttpRequest) -> HttpResponse:
    """Become another demonstration account."""
    if not settings.DEMONSTRATION:
        raise NotDemonstration
    username = request.POST.get("username", "")
    account = switch_role(username=username, by=actor_of(request), at=timezone.now())
    adapter = get_adapter()
    adapter.logout(request)
    adapter.login(request, account)
    return redirect(adapter.get_login_redirect_url(request))


def _posts(request: HttpRequest) -> list[PostChoice]:
    now = timezone.now()
    today, account = get_calendar().local_day(now), cast("Account", request.user)
    own = {post.code for post in list_own_posts(account, on=today)}
    return [
        PostChoice(
            post.code,
            in_english(post.name)
            if post.code in own
            else gettext("{post}（代理）").format(post=in_english(post.name)),
            in_english(get_department(post.department).name),
        )
        for post in list_own_posts(account, on=today, at=now)
    ]


def _moment(at: datetime) -> str:
    return date_format(timezone.localtime(at), "Y-m-d H:i")


def _identity_rows(account: AccountRow) -> list[SummaryRow]:
    rows = [
        SummaryRow(gettext("姓名"), account.display_name),
        SummaryRow(gettext("用户名"), account.username),
        SummaryRow(gettext("实名等级"), gettext(account.assurance_name)),
    ]
    if account.assured_at:
        how = gettext("{how}（{who}）").format(
            how=gettext(account.assured_how), who=gettext(account.assured_by)
        )
        rows.append(SummaryRow(gettext("核验方式"), how))
        rows.append(SummaryRow(gettext("核验时间"), _moment(account.assured_at)))
    if account.staff_number:
        rows.append(SummaryRow(gettext("工号"), account.staff_number))
    return rows
