"""What the sign-in framework asks us: may this attempt be heard, who came in, where to go next."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.forms import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy

from shuzheng.infrastructure.access.rules import Actor
from shuzheng.infrastructure.keys.operations import decrypt, encrypt
from shuzheng.infrastructure.web.operations import actor_of, say
from shuzheng.support.identity.models import Account
from shuzheng.support.identity.operations import (
    check_attempts,
    note_failed_attempt,
    note_password_set,
    note_signed_in,
    note_signed_out,
)
from shuzheng.support.identity.pages.middleware import read_actor
from shuzheng.support.identity.rules import TooManyAttempts

_SECOND_FACTOR = "account.second_factor"


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Counts attempts in PostgreSQL, writes entries down, leads officials to the desk."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": gettext_lazy("用户名或密码不正确，请重新输入。")
    }

    def is_open_for_signup(self, _request: HttpRequest) -> bool:
        """Refuse the framework's own sign-up: ours asks who you are."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Refuse after too many wrong passwords, before any password is looked at."""
        try:
            check_attempts(**_attempt(request, credentials), at=timezone.now())
        except TooManyAttempts as refusal:
            words = say(refusal)
            raise ValidationError(words, code=refusal.code) from refusal

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Count a wrong password."""
        note_failed_attempt(**_attempt(request, credentials), at=timezone.now())

    def login(self, request: HttpRequest, user: Account) -> None:
        """Open the session and write the entry down; every way in ends here."""
        super().login(request, user)
        actor, address = read_actor(request), _address(request)
        note_signed_in(account=user, address=address, by=actor, at=timezone.now())

    def logout(self, request: HttpRequest) -> None:
        """Write down who went out, then close the session."""
        if isinstance(request.user, Account):
            note_signed_out(account=request.user, by=actor_of(request), at=timezone.now())
        super().logout(request)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Lead officials to the desk, everyone else to the hall."""
        return "/desk/" if read_actor(request).kind == "official" else "/"

    def set_password(self, user: Account, password: str) -> None:
        """Set a password and write it down."""
        super().set_password(user, password)
        note_password_set(account=user, by=_owner(user), at=timezone.now())


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Keeps second factors encrypted, and names the house on people's devices."""

    def encrypt(self, text: str) -> str:
        """Hide a secret before it is kept."""
        return encrypt(text, context=_SECOND_FACTOR)

    def decrypt(self, encrypted_text: str) -> str:
        """Return what `encrypt` hid."""
        return decrypt(encrypted_text, context=_SECOND_FACTOR)

    def _get_site_name(self) -> str:
        return "数政"


def _attempt(request: HttpRequest, credentials: dict[str, Any]) -> dict[str, str]:
    return {"username": str(credentials.get("username", "")), "address": _address(request)}


def _address(request: HttpRequest) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))


def _owner(user: Account) -> Actor:
    return Actor(
        kind="person", account=str(user.public_id), name=user.display_name, person=user.person
    )
