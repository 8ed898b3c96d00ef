"""Accounts: who may come in, how surely we know who they are, and how they came in."""

from datetime import datetime
from typing import ClassVar
from uuid import uuid4

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from shuzheng.policy.refusals import gettext_noop
from shuzheng.support.identity.rules import LinkExpired, LinkUsed
from shuzheng.support.identity.rules.acting import Term


class AccountManager(BaseUserManager["Account"]):
    """Finds accounts for the sign-in; accounts are made by the room's operations alone."""

    def get_by_natural_key(self, username: str | None) -> "Account":
        """Return the account with this user name, whatever its letters' case."""
        return self.get(username__iexact=username)


class Account(AbstractBaseUser):
    """One way into the house, for a person or for a member of staff (who acts by post)."""

    class Assurance(models.TextChoices):
        """How the person behind the account was established; a passkey changes nothing here."""

        NONE = "none", gettext_noop("未实名")
        REGISTER = "register", gettext_noop("人口库核验")
        PROVIDER = "provider", gettext_noop("公安身份服务核验")
        WINDOW = "window", gettext_noop("窗口当面核验")

    public_id = models.UUIDField("公开编号", default=uuid4, unique=True, editable=False)
    username = models.CharField("用户名", max_length=60, unique=True)
    display_name = models.CharField("姓名", max_length=100)
    person = models.CharField("人口库引用", max_length=64, blank=True, db_index=True)
    id_number_encrypted = models.TextField("身份证号（加密）", blank=True)
    assurance = models.CharField(
        "实名等级", max_length=10, choices=Assurance.choices, default=Assurance.NONE
    )
    assured_by = models.CharField("核验人", max_length=100, blank=True)
    assured_how = models.CharField("核验方式", max_length=200, blank=True)
    assured_at = models.DateTimeField("核验时间", null=True, blank=True)
    staff_number = models.CharField("工号", max_length=30, blank=True, db_index=True)
    post = models.CharField("当前岗位", max_length=60, blank=True)
    demonstration = models.BooleanField("演示账号", default=False)
    role = models.CharField("演示角色", max_length=60, blank=True)
    is_active = models.BooleanField("启用", default=True)
    locale = models.CharField("语言", max_length=10, blank=True)
    created_at = models.DateTimeField("建立时间")
    acting_until = models.DateTimeField("代理至多到", null=True, blank=True)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = AccountManager()

    class Meta:
        verbose_name = "账号"
        verbose_name_plural = "账号"
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(staff_number="") & ~models.Q(person=""),
                name="one_account_a_person",
            ),
            models.UniqueConstraint(
                fields=["staff_number"],
                condition=~models.Q(staff_number=""),
                name="one_account_a_staff_number",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.display_name}({self.username})"

    def get_full_name(self) -> str:
        """Return the name shown; the frameworks around us ask for it by this name."""
        return self.display_name

    @property
    def subject(self) -> str:
        """The account as the journal names it."""
        return f"account:{self.public_id}"


class SignInAttempt(models.Model):
    """One attempt to come in; counted to stop guessing, kept a day."""

    username = models.CharField("用户名", max_length=60)
    address = models.CharField("网络地址", max_length=64)
    at = models.DateTimeField("时间")
    succeeded = models.BooleanField("成功")

    class Meta:
        verbose_name = "登录尝试"
        verbose_name_plural = "登录尝试"
        indexes = [
            models.Index(fields=["username", "at"], name="attempt_by_username"),
            models.Index(fields=["address", "at"], name="attempt_by_address"),
        ]

    def __str__(self) -> str:
        return f"{self.username} {self.at:%Y-%m-%d %H:%M}"


class OneTimeLink(models.Model):
    """A link or code by which an account sets its password once; only the hash is kept."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="links")
    token_sha256 = models.CharField("口令摘要", max_length=64, unique=True)
    made_by = models.CharField("签发人", max_length=100)
    issuer = models.CharField("签发人账号", max_length=64, blank=True)
    made_at = models.DateTimeField("签发时间", null=True, blank=True)
    resets_factors = models.BooleanField("取消两步验证", default=False)
    expires_at = models.DateTimeField("失效时间")
    used_at = models.DateTimeField("使用时间", null=True, blank=True)

    class Meta:
        verbose_name = "一次性链接"
        verbose_name_plural = "一次性链接"
        indexes = [models.Index(fields=["issuer", "made_at"], name="link_by_issuer")]

    def __str__(self) -> str:
        return f"{self.account.username} 至 {self.expires_at:%Y-%m-%d %H:%M}"

    def check_open(self, *, at: datetime) -> None:
        """Refuse when the link lets nobody in at this moment (aware UTC).

        Raises:
            LinkUsed, LinkExpired
        """
        if self.used_at is not None:
            raise LinkUsed
        if at >= self.expires_at:
            raise LinkExpired


class Acting(models.Model):
    """Somebody stands in on a post for a time; from a post its giver held."""

    post = models.CharField("代理岗位", max_length=100)
    holder = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="acting")
    giver = models.CharField("指定人", max_length=64)
    giver_name = models.CharField("指定人姓名", max_length=100)
    giver_post = models.CharField("指定人岗位", max_length=100)
    from_at = models.DateTimeField("起")
    to_at = models.DateTimeField("止")
    ended_at = models.DateTimeField("提前结束", null=True, blank=True)
    reasons = models.TextField("理由")
    named_at = models.DateTimeField("指定时间")

    class Meta:
        verbose_name = "代理"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(to_at__gt=models.F("from_at")), name="acting_in_order"
            )
        ]
        indexes = [
            models.Index(fields=["holder", "to_at"], name="acting_by_holder"),
            models.Index(fields=["post", "to_at"], name="acting_by_post"),
        ]

    def __str__(self) -> str:
        return f"{self.holder} 代理 {self.post}"

    @property
    def term(self) -> Term:
        """From when to when."""
        return Term(self.from_at, self.to_at, self.ended_at)
