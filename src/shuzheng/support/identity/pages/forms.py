"""What is asked on this room's pages; whether it can be used is the operations' to say."""

from django import forms
from django.utils.translation import gettext_lazy as _

from shuzheng.policy.refusals import Refusal
from shuzheng.support.identity.pages.wording import say


class HouseForm(forms.Form):
    """A form that takes a refusal to the field it is about."""

    def refuse(self, refusal: Refusal) -> None:
        """Show the refusal at its field, or on top."""
        field = refusal.field if refusal.field in self.fields else None
        self.add_error(field, say(refusal))


class SignUpForm(HouseForm):
    """Who you are, and how you will sign in."""

    name = forms.CharField(
        label=_("姓名"),
        max_length=50,
        help_text=_("与身份证一致。"),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("请填写姓名。")},
    )
    id_number = forms.CharField(
        label=_("身份证号"),
        max_length=18,
        help_text=_("18 位，最后一位可能是字母 X。"),
        error_messages={
            "required": _("请填写身份证号。"),
            "max_length": _("身份证号是 18 位。"),
        },
    )
    phone_ending = forms.CharField(
        label=_("登记手机号的后四位"),
        max_length=4,
        help_text=_("政务服务网登记的手机号。只知道姓名和身份证号，不能冒用您的身份。"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": _("请填写登记手机号的后四位。"),
            "max_length": _("只填后四位。"),
        },
    )
    username = forms.CharField(
        label=_("用户名"),
        max_length=30,
        help_text=_("4–30 位字母、数字、点、横线或下划线，登录时用。"),
        widget=forms.TextInput(attrs={"autocomplete": "username"}),
        error_messages={"required": _("请填写用户名。")},
    )
    password = forms.CharField(
        label=_("密码"),
        help_text=_("至少 8 位，不要只用数字，不要用常见密码。"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": _("请填写密码。")},
    )


class PasswordForm(HouseForm):
    """A new password."""

    password = forms.CharField(
        label=_("新密码"),
        help_text=_("至少 8 位，不要只用数字，不要用常见密码。"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": _("请填写密码。")},
    )


class CodeForm(HouseForm):
    """The one-time code a window handed over."""

    code = forms.CharField(
        label=_("一次性代码"),
        max_length=40,
        help_text=_("窗口交给您的 12 位字母和数字，大小写、空格和横线都不影响。"),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code"}),
        error_messages={"required": _("请输入一次性代码。")},
    )
