from django.db import models

from shuzheng.support.cases.models.case import Case


class Correction(models.Model):
    """What the window asked to be corrected: once, all of it, with a deadline."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="corrections")
    items = models.JSONField("补正内容")
    asked_by = models.CharField("告知岗位", max_length=64)
    asked_at = models.DateTimeField("告知时间")
    deadline_on = models.DateField("补正期限")
    answered_at = models.DateTimeField("补正时间", null=True)

    class Meta:
        verbose_name = "补正"
        constraints = [models.UniqueConstraint(fields=["case"], name="correction_once")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.deadline_on}"


class Ruling(models.Model):
    """A department's own written decision on its own matter."""

    case = models.OneToOneField(Case, models.PROTECT, related_name="ruling")
    is_granted = models.BooleanField("准予")
    reasons = models.TextField("理由")
    citation = models.JSONField("依据")
    remedies = models.TextField("救济途径")
    department = models.CharField("部门", max_length=64)
    ruled_by = models.CharField("岗位", max_length=64)
    ruled_name = models.CharField("经办人", max_length=64)
    ruled_at = models.DateTimeField("决定时间")
    ruled_on = models.DateField("决定日")
    published_at = models.DateTimeField("公开时间", null=True)
    published_holder = models.CharField("公开的相对人", max_length=200, blank=True)

    class Meta:
        verbose_name = "决定"
        indexes = [
            models.Index(
                fields=["-published_at"],
                condition=models.Q(published_at__isnull=False),
                name="ruling_published",
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {'准予' if self.is_granted else '不予'}"


class Visit(models.Model):
    """One site visit for all departments that need one, by two or more staff."""

    case = models.OneToOneField(Case, models.PROTECT, related_name="visit")
    visited_on = models.DateField("核查日")
    participants = models.JSONField("参加人员")
    findings = models.JSONField("各事项核查情况")
    recorded_by = models.CharField("记录人", max_length=64)
    recorded_account = models.CharField("记录人账号", max_length=64, blank=True)
    recorded_name = models.CharField("记录人姓名", max_length=64, blank=True)
    recorded_at = models.DateTimeField("记录时间")
    confirmed_by = models.CharField("确认人账号", max_length=64, blank=True)
    confirmed_name = models.CharField("确认人", max_length=64, blank=True)
    confirmed_post = models.CharField("确认岗位", max_length=64, blank=True)
    confirmed_at = models.DateTimeField("确认时间", null=True)

    class Meta:
        verbose_name = "联合现场核查"

    def __str__(self) -> str:
        return f"{self.case_id} {self.visited_on}"


class VisitPlan(models.Model):
    """When the departments mean to see the place; a new plan takes the place of the old."""

    case = models.OneToOneField(Case, models.PROTECT, related_name="visit_plan")
    planned_on = models.DateField("核查日")
    begins_at = models.TimeField("开始时间")
    planned_by = models.CharField("约定人", max_length=64)
    planned_name = models.CharField("约定人姓名", max_length=64)
    planned_at = models.DateTimeField("约定时间")

    class Meta:
        verbose_name = "联合现场核查安排"

    def __str__(self) -> str:
        return f"{self.case_id} {self.planned_on}"


class HandOver(models.Model):
    """What the supervising department is told after a grant."""

    case = models.OneToOneField(Case, models.PROTECT, related_name="hand_over")
    department = models.CharField("监管部门", max_length=64)
    check_by_on = models.DateField("首次检查期限", null=True)
    facts = models.JSONField("推送内容")
    handed_at = models.DateTimeField("推送时间")
    received_by = models.CharField("签收人", max_length=64, blank=True)
    received_at = models.DateTimeField("签收时间", null=True)

    class Meta:
        verbose_name = "审批监管衔接"
        indexes = [models.Index(fields=["department", "received_at"], name="handover_open")]

    def __str__(self) -> str:
        return f"{self.case_id} → {self.department}"


class Rating(models.Model):
    """The applicant's word on the service: five levels, the lowest two call for an answer."""

    case = models.OneToOneField(Case, models.PROTECT, related_name="rating")
    level = models.PositiveSmallIntegerField("满意度")
    comment = models.TextField("意见", blank=True)
    rated_at = models.DateTimeField("评价时间")
    answer_by_on = models.DateField("整改期限", null=True)

    class Meta:
        verbose_name = "评价"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(level__gte=1, level__lte=5), name="rating_level"
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.level}"
