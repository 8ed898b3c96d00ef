"""Seals, the certificates behind them and the revocation lists."""

from django.db import models


class Seal(models.Model):
    """An electronic seal of a department."""

    code = models.CharField("编码", max_length=60, primary_key=True)
    name = models.CharField("名称", max_length=120)
    short_name = models.CharField("机关代字", max_length=20)
    department = models.CharField("所属部门", max_length=60)
    organisation = models.CharField("印章单位全称", max_length=120)
    purpose = models.CharField("用途文字", max_length=40, blank=True)
    millimetres = models.PositiveSmallIntegerField("直径（毫米）", default=42)
    withdrawn_on = models.DateField("停用日期", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "电子印章"

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Certificate(models.Model):
    """A certificate of the demonstration: the root's, the time stamper's or a seal's."""

    holder = models.CharField("持有者", max_length=80)
    serial = models.CharField("序列号", max_length=40, unique=True)
    pem = models.TextField("证书")
    issued_at = models.DateTimeField("签发时间")
    revoked_at = models.DateTimeField("吊销时间", null=True, blank=True)
    revoked_because = models.CharField("吊销原因", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "印章证书"
        constraints = [
            models.UniqueConstraint(
                fields=["holder"],
                condition=models.Q(revoked_at=None),
                name="one_valid_certificate_a_holder",
            )
        ]

    def __str__(self) -> str:
        return f"{self.holder} {self.serial}"


class RevocationList(models.Model):
    """A revocation list, numbered upwards; the newest counts."""

    number = models.PositiveIntegerField("编号", primary_key=True)
    pem = models.TextField("吊销列表")
    issued_at = models.DateTimeField("签发时间")
    next_at = models.DateTimeField("下次签发")

    class Meta:
        verbose_name = verbose_name_plural = "证书吊销列表"

    def __str__(self) -> str:
        return str(self.number)
