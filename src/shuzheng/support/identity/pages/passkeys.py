"""The form that adds a passkey, in the house's words."""

from typing import Any

from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django.utils.translation import gettext_lazy as _


class AddPasskeyForm(AddWebAuthnForm):  # type: ignore[misc]
    """Names the device, and says whether it may stand in for the password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("给这台设备起个名字")
        self.fields["passwordless"].label = _("登录时用它代替密码")
        self.fields["passwordless"].help_text = ""
