"""Records and their values through time; disputes about them; objections to reading them."""

from uuid import uuid4

from django.db import models

from shuzheng.policy.refusals import gettext_noop


class RegisterDefinition(models.Model):
    """A register as the city's content defines it."""

    key = models.CharField("代码", max_length=60, primary_key=True)
    definition = models.JSONField("定义")

    class Meta:
        verbose_name = "基础数据库"
        verbose_name_plural = "基础数据库"

    def __str__(self) -> str:
        return self.key


class RegisterRecord(models.Model):
    """One person, legal person, building unit or licence, known by a keyed hash of its number."""

    register = models.CharField("基础数据库", max_length=60)
    reference = models.CharField("引用", max_length=64)
    made_at = models.DateTimeField("首次归集")

    class Meta:
        verbose_name = "记录"
        verbose_name_plural = "记录"
        constraints = [
            models.UniqueConstraint(fields=["register", "reference"], name="one_record_a_reference")
        ]

    def __str__(self) -> str:
        return f"{self.register}/{self.reference[:8]}"


class RegisterValue(models.Model):
    """One value of one field, from the day its source said so until the next value ended it."""

    record = models.ForeignKey(RegisterRecord, on_delete=models.PROTECT, related_name="values")
    field = models.CharField("字段", max_length=60)
    text = models.TextField("值")
    is_encrypted = models.BooleanField("加密")
    lookup = models.CharField("查找索引", max_length=64, blank=True)
    dataset = models.CharField("来源数据集", max_length=60)
    as_of = models.DateField("数据日期")
    recorded_at = models.DateTimeField("归集时间")
    ended_at = models.DateTimeField("被取代时间", null=True, blank=True)

    class Meta:
        verbose_name = "字段值"
        verbose_name_plural = "字段值"
        constraints = [
            models.UniqueConstraint(
                fields=["record", "field"],
                condition=models.Q(ended_at__isnull=True),
                name="one_current_value_a_field",
            )
        ]
        indexes = [
            models.Index(
                fields=["lookup", "field"],
                condition=models.Q(ended_at__isnull=True) & ~models.Q(lookup=""),
                name="current_value_by_lookup",
            )
        ]

    def __str__(self) -> str:
        return f"{self.record_id}.{self.field} {self.as_of.isoformat()}"


class Difference(models.Model):
    """What a person says against a value; it stands beside the case and blocks nothing.

    Source: 浙江省保障“最多跑一次”改革规定(2018-11-30) 第七条第二款.
    """

    class State(models.TextChoices):
        OPEN = "open", gettext_noop("待处理")
        UPHELD = "upheld", gettext_noop("情况属实，已转来源部门更正")
        DISMISSED = "dismissed", gettext_noop("经核实登记无误")

    public_id = models.UUIDField("编号", default=uuid4, unique=True, editable=False)
    record = models.ForeignKey(RegisterRecord, on_delete=models.PROTECT, related_name="differences")
    field = models.CharField("字段", max_length=60)
    claimed_encrypted = models.TextField("当事人主张的值（加密）")
    case = models.CharField("办件", max_length=60, blank=True)
    person = models.CharField("提出人引用", max_length=64, blank=True)
    reported_at = models.DateTimeField("提出时间")
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.OPEN)
    reason = models.TextField("处理理由", blank=True)
    decided_at = models.DateTimeField("处理时间", null=True, blank=True)

    class Meta:
        verbose_name = "数据异议"
        verbose_name_plural = "数据异议"
        indexes = [models.Index(fields=["state", "reported_at"], name="difference_by_state")]

    def __str__(self) -> str:
        return f"{self.public_id} {self.field}"


class Objection(models.Model):
    """A person's objection to one reading of their data; answered with reasons.

    Source: 个人信息保护法(2021-08-20) 第四十四条、第五十条.
    """

    public_id = models.UUIDField("编号", default=uuid4, unique=True, editable=False)
    person = models.CharField("提出人引用", max_length=64)
    entry = models.UUIDField("日志条目")
    text = models.TextField("异议理由")
    raised_at = models.DateTimeField("提出时间")
    answer = models.TextField("答复", blank=True)
    answered_at = models.DateTimeField("答复时间", null=True, blank=True)

    class Meta:
        verbose_name = "查阅异议"
        verbose_name_plural = "查阅异议"
        constraints = [
            models.UniqueConstraint(fields=["person", "entry"], name="one_objection_a_reading")
        ]

    def __str__(self) -> str:
        return str(self.public_id)
