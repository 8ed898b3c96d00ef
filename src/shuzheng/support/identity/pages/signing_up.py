"""Real-name sign-up, and the one-time link or code."""

from allauth.account.adapter import get_adapter
from allauth.account.utils import perform_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from shuzheng.infrastructure.web.operations import actor_of, limited, page, public
from shuzheng.support.identity.models import Account
from shuzheng.support.identity.operations import digest, sign_up, use_link
from shuzheng.support.identity.pages.forms import CodeForm, PasswordForm, SignUpForm
from shuzheng.support.identity.pages.wording import next_address, say
from shuzheng.support.identity.queries import get_account_of_link
from shuzheng.support.identity.rules import (
    IdentityRefusal,
    LinkClosed,
    PasswordTooWeak,
    written,
)


@public(reason="没有账号的人在这里实名注册。")
@limited("10/h")
@never_cache
@require_http_methods(["GET", "POST"])
def show_sign_up(request: HttpRequest) -> HttpResponse:
    """Sign up with a name and an ID number that the register confirms, and come in."""
    form = SignUpForm(request.POST or None)
    context = {"form": form, "next": next_address(request)}
    if request.method != "POST":
        return page(request, "identity/sign_up.html", context)
    if form.is_valid():
        try:
            account = sign_up(**form.cleaned_data, at=timezone.now())
        except IdentityRefusal as refusal:
            form.refuse(refusal)
        else:
            get_adapter().login(request, Account.objects.get(public_id=account.id))
            return redirect(next_address(request))
    return page(request, "identity/sign_up.html", context, status=422)


@public(reason="持一次性链接的人在这里设置密码；链接本身就是凭证。")
@limited("20/h")
@never_cache
@require_http_methods(["GET", "POST"])
def show_link(request: HttpRequest, token: str) -> HttpResponse:
    """Set a password through a one-time link, and come in."""
    now = timezone.now()
    account = get_account_of_link(digest(token), at=now)
    form = PasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        password = form.cleaned_data["password"]
        try:
            owner = use_link(token=token, password=password, by=actor_of(request), at=now)
        except PasswordTooWeak as refusal:
            form.refuse(refusal)
        else:
            return _let_in(request, owner)
    context = {"form": form, "username": account.username}
    return page(request, "identity/link.html", context, status=422 if form.errors else 200)


@public(reason="忘记密码的人在这里输入窗口交给的一次性代码；代码本身就是凭证。")
@limited("20/h")
@never_cache
@require_http_methods(["GET", "POST"])
def show_code(request: HttpRequest) -> HttpResponse:
    """Type the one-time code from the window, and go on to set a password."""
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        code = written(form.cleaned_data["code"])
        try:
            get_account_of_link(digest(code), at=timezone.now())
        except LinkClosed as refusal:
            form.add_error("code", say(refusal))
        else:
            return redirect("identity:link", token=code)
    return page(request, "identity/code.html", {"form": form}, status=422 if form.errors else 200)


def _let_in(request: HttpRequest, owner: Account) -> HttpResponse:
    """Let in who set a new password; second factors they kept are asked for first."""
    if request.user.is_authenticated:
        get_adapter().logout(request)
    answer = perform_login(request, owner, redirect_url=reverse("identity:account"))
    assert isinstance(answer, HttpResponse)
    return answer
