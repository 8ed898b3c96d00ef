"""Addresses of identity: sign-in pages are the framework's, each behind one of our guards."""

from typing import Any

from allauth.account import views as account_views
from allauth.mfa.base import views as factor_views
from allauth.mfa.recovery_codes import views as recovery_views
from allauth.mfa.totp import views as totp_views
from allauth.mfa.webauthn import views as webauthn_views
from django.urls import URLPattern, URLResolver, include, path

from shuzheng.infrastructure.web.operations import limited, public, signed_in
from shuzheng.support.identity.pages.accounts import choose_post, choose_role, show_account
from shuzheng.support.identity.pages.signing_up import show_code, show_link, show_sign_up

_OWN = (
    [
        path("", show_account, name="account"),
        path("post/", choose_post, name="post"),
        path("role/", choose_role, name="role"),
        path("code/", show_code, name="code"),
        path("link/<str:token>/", show_link, name="link"),
    ],
    "identity",
)


def _entrance(view: Any) -> Any:
    """Open a sign-in step to visitors; the framework checks that the step before was made."""
    return public(reason="登录的一步，还不知道是谁。")(view)


_SIGN_IN = [
    path("login/", _entrance(account_views.login), name="account_login"),
    path("signup/", show_sign_up, name="account_signup"),
    path("logout/", _entrance(account_views.logout), name="account_logout"),
    path("inactive/", _entrance(account_views.account_inactive), name="account_inactive"),
    path("reauthenticate/", signed_in(account_views.reauthenticate), name="account_reauthenticate"),
    path(
        "password/change/",
        signed_in(account_views.password_change),
        name="account_change_password",
    ),
    path("password/set/", signed_in(account_views.password_set), name="account_set_password"),
]
_SECOND_FACTORS = [
    path("", signed_in(factor_views.index), name="mfa_index"),
    path(
        "authenticate/",
        _entrance(limited("10/m")(factor_views.authenticate)),
        name="mfa_authenticate",
    ),
    path("reauthenticate/", signed_in(factor_views.reauthenticate), name="mfa_reauthenticate"),
    path("totp/activate/", signed_in(totp_views.activate_totp), name="mfa_activate_totp"),
    path("totp/deactivate/", signed_in(totp_views.deactivate_totp), name="mfa_deactivate_totp"),
    path(
        "recovery-codes/",
        signed_in(recovery_views.view_recovery_codes),
        name="mfa_view_recovery_codes",
    ),
    path(
        "recovery-codes/generate/",
        signed_in(recovery_views.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "recovery-codes/download/",
        signed_in(recovery_views.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
]
_PASSKEYS = [
    path("", signed_in(webauthn_views.list_webauthn), name="mfa_list_webauthn"),
    path("add/", signed_in(webauthn_views.add_webauthn), name="mfa_add_webauthn"),
    path(
        "reauthenticate/",
        signed_in(webauthn_views.reauthenticate_webauthn),
        name="mfa_reauthenticate_webauthn",
    ),
    path("login/", _entrance(webauthn_views.login_webauthn), name="mfa_login_webauthn"),
    path("<int:pk>/remove/", signed_in(webauthn_views.remove_webauthn), name="mfa_remove_webauthn"),
    path("<int:pk>/edit/", signed_in(webauthn_views.edit_webauthn), name="mfa_edit_webauthn"),
]
urlpatterns: list[URLPattern | URLResolver] = [
    path("accounts/", include(_OWN)),
    path("accounts/", include(_SIGN_IN)),
    path("accounts/security/", include(_SECOND_FACTORS)),
    path("accounts/passkeys/", include(_PASSKEYS)),
]
