from django.db import models

from shuzheng.support.cases.models.case import Case


class Recusal(models.Model):
    """Somebody is not to handle a case: asked for, then decided by the post above."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="recusals")
    account = models.CharField("当事工作人员", max_length=64)
    name = models.CharField("姓名", max_length=64)
    post = models.CharField("岗位", max_length=64)
    asked_by = models.CharField("提出人", max_length=64)
    asked_kind = models.CharField("提出方式", max_length=12)
    grounds = models.TextField("事由")
    asked_at = models.DateTimeField("提出时间")
    state = models.CharField("状态", max_length=12, default="asked")
    decided_by = models.CharField("决定人", max_length=64, blank=True)
    decided_post = models.CharField("决定岗位", max_length=64, blank=True)
    reasons = models.TextField("决定理由", blank=True)
    decided_at = models.DateTimeField("决定时间", null=True)

    class Meta:
        verbose_name = "回避"
        constraints = [
            models.UniqueConstraint(
                fields=["case", "account"],
                condition=models.Q(state__in=["asked", "granted"]),
                name="recusal_once",
            )
        ]
        indexes = [
            models.Index(fields=["post"], condition=models.Q(state="asked"), name="recusal_asked"),
            models.Index(
                fields=["account"], condition=models.Q(state="granted"), name="recusal_granted"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.name} {self.state}"


class Consultation(models.Model):
    """A department asks another for its opinion or its countersignature within some days."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="consultations")
    kind = models.CharField("方式", max_length=12)
    department = models.CharField("被征求部门", max_length=64)
    question = models.TextField("征求事项")
    asked_by = models.CharField("提出人", max_length=64)
    asked_name = models.CharField("提出人姓名", max_length=64)
    asked_post = models.CharField("提出岗位", max_length=64)
    asked_at = models.DateTimeField("提出时间")
    due_on = models.DateField("答复期限")
    stance = models.CharField("态度", max_length=12, blank=True)
    answer = models.TextField("意见", blank=True)
    answered_by = models.CharField("答复人", max_length=64, blank=True)
    answered_name = models.CharField("答复人姓名", max_length=64, blank=True)
    answered_post = models.CharField("答复岗位", max_length=64, blank=True)
    answered_at = models.DateTimeField("答复时间", null=True)

    class Meta:
        verbose_name = "征求意见"
        constraints = [
            models.UniqueConstraint(
                fields=["case", "department"],
                condition=models.Q(answered_at__isnull=True),
                name="consultation_once_at_a_time",
            )
        ]
        indexes = [
            models.Index(
                fields=["department", "due_on"],
                condition=models.Q(answered_at__isnull=True),
                name="consultation_open",
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id} → {self.department}"


class OpinionTemplate(models.Model):
    """A text of the city's content that may be chosen for an opinion or a ruling."""

    key = models.CharField("代码", max_length=80, primary_key=True)
    definition = models.JSONField("定义")

    class Meta:
        verbose_name = "意见模板"

    def __str__(self) -> str:
        return self.key


class Reminder(models.Model):
    """When the city's content has holders reminded, and when it keeps quiet."""

    key = models.CharField("代码", max_length=80, primary_key=True)
    definition = models.JSONField("定义")

    class Meta:
        verbose_name = "提醒"

    def __str__(self) -> str:
        return self.key
