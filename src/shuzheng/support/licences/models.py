"""The register of what was issued: licences with their history, and documents."""

from django.db import models

from shuzheng.support.licences.rules import STATE_NAMES, LicenceState


class LicenceType(models.Model):
    """A type of licence from the city's content."""

    key = models.CharField("编码", max_length=60, primary_key=True)
    title = models.CharField("名称", max_length=80)
    definition = models.JSONField("定义")
    digest = models.CharField("摘要", max_length=64)

    class Meta:
        verbose_name = verbose_name_plural = "证照类型"

    def __str__(self) -> str:
        return f"{self.key} {self.title}"


class Serial(models.Model):
    """The last serial given out, by what is numbered and year; its row is the lock."""

    series = models.CharField("序列", max_length=160)
    year = models.PositiveSmallIntegerField("年份")
    last = models.PositiveIntegerField("最近流水号", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "流水号"
        constraints = [
            models.UniqueConstraint(fields=["series", "year"], name="one_serial_a_series_and_year")
        ]

    def __str__(self) -> str:
        return f"{self.series} {self.year} {self.last}"


class Licence(models.Model):
    """One version of a licence; a correction makes another row that replaces this one."""

    code = models.CharField("核验码", max_length=20, unique=True)
    identifier = models.CharField("电子证照标识", max_length=120, unique=True)
    number = models.CharField("证照编号", max_length=80)
    licence_type = models.ForeignKey(LicenceType, models.PROTECT, verbose_name="证照类型")
    title = models.CharField("证照名称", max_length=80)
    issuer = models.CharField("核发机关统一社会信用代码", max_length=18)
    issuer_name = models.CharField("核发机关", max_length=120)
    department = models.CharField("核发部门", max_length=60)
    serial = models.CharField("流水号", max_length=20)
    version = models.PositiveSmallIntegerField("版本", default=1)
    holder_name = models.TextField("持有人（加密）")
    holder_masked = models.CharField("持有人（脱敏）", max_length=120)
    holder_reference = models.CharField("持有人引用", max_length=64, db_index=True)
    recipient = models.CharField("申请人引用", max_length=64, blank=True, db_index=True)
    case = models.CharField("办件编号", max_length=40, db_index=True)
    token = models.CharField("核发请求", max_length=80, blank=True)
    facts = models.JSONField("记载事项", default=dict)
    hidden_facts = models.TextField("敏感事项（加密）", blank=True)
    issued_at = models.DateTimeField("核发时间")
    issued_on = models.DateField("发证日期")
    valid_until = models.DateField("有效期至", null=True, blank=True)
    state = models.CharField(
        "状态", max_length=12, choices=list(STATE_NAMES.items()), default=LicenceState.IN_FORCE
    )
    seal = models.CharField("印章", max_length=60)
    sha256 = models.CharField("文件摘要", max_length=64)
    renewal_reminded_at = models.DateTimeField("提醒延续时间", null=True)
    supervised_by = models.CharField("监管部门", max_length=60, blank=True)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )

    class Meta:
        verbose_name = verbose_name_plural = "证照"
        constraints = [
            models.UniqueConstraint(
                fields=["case", "licence_type", "token"], name="one_licence_a_request"
            ),
            models.UniqueConstraint(
                fields=["issuer", "licence_type", "serial", "version"],
                name="one_licence_a_serial_and_version",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.number}"


class LicenceChange(models.Model):
    """A change of a licence's state: when, why, by which law, by whom. Never changed."""

    licence = models.ForeignKey(Licence, models.PROTECT, related_name="changes")
    state = models.CharField("状态", max_length=12, choices=list(STATE_NAMES.items()))
    at = models.DateTimeField("时间")
    reasons = models.TextField("理由", blank=True)
    citation = models.CharField("依据", max_length=300, blank=True)
    decision = models.CharField("决定文书核验码", max_length=20, blank=True)
    by_name = models.CharField("经办人", max_length=80, blank=True)
    by_post = models.CharField("经办岗位", max_length=60, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "证照变更"
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.licence_id} {self.state}"


class IssuedDocument(models.Model):
    """A sealed notice, receipt or ruling that went out."""

    code = models.CharField("核验码", max_length=20, primary_key=True)
    number = models.CharField("文号", max_length=80)
    template = models.CharField("模板", max_length=80)
    title = models.CharField("标题", max_length=120)
    case = models.CharField("办件编号", max_length=40, db_index=True)
    token = models.CharField("制作请求", max_length=80, blank=True)
    seal = models.CharField("印章", max_length=60)
    department = models.CharField("发文部门", max_length=60)
    issuer_name = models.CharField("发文机关", max_length=120)
    recipient = models.CharField("收件人引用", max_length=64, blank=True, db_index=True)
    recipient_masked = models.CharField("收件人（脱敏）", max_length=120, blank=True)
    issued_at = models.DateTimeField("发出时间")
    issued_on = models.DateField("成文日期")
    sha256 = models.CharField("文件摘要", max_length=64)

    class Meta:
        verbose_name = verbose_name_plural = "已发文书"
        constraints = [
            models.UniqueConstraint(
                fields=["case", "token"],
                condition=~models.Q(token=""),
                name="one_document_a_request",
            )
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.number}"
