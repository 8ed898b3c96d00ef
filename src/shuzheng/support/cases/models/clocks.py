from django.db import models

from shuzheng.support.cases.models.case import Case


class Clock(models.Model):
    """One period of a case: which, since when, until when, and how it ended."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="clocks")
    kind = models.CharField("期限", max_length=16)
    period = models.JSONField("期限内容")
    started_on = models.DateField("起算日")
    due_on = models.DateField("到期日")
    is_provisional = models.BooleanField("日历未定", default=False)
    calendar = models.CharField("所据日历", max_length=80, blank=True)
    stopped_at = models.DateTimeField("停止时间", null=True)

    class Meta:
        verbose_name = "期限"
        constraints = [models.UniqueConstraint(fields=["case", "kind"], name="clock_once")]
        indexes = [
            models.Index(
                fields=["due_on"],
                condition=models.Q(stopped_at__isnull=True),
                name="clock_running",
            ),
            models.Index(
                fields=["calendar"],
                condition=models.Q(stopped_at__isnull=True),
                name="clock_calendar",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.due_on}"


class Suspension(models.Model):
    """Time the law leaves out of the period, told in writing (行政许可法 第四十五条)."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="suspensions")
    kind = models.CharField("特别程序", max_length=16)
    reason = models.TextField("事由")
    citation = models.JSONField("依据")
    expected_working_days = models.PositiveIntegerField("预计工作日")
    from_at = models.DateTimeField("开始")
    from_on = models.DateField("开始日")
    to_at = models.DateTimeField("结束", null=True)
    to_on = models.DateField("结束日", null=True)
    result = models.TextField("结果", blank=True)

    class Meta:
        verbose_name = "特别程序"
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=models.Q(to_at__isnull=True),
                name="suspension_one_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.from_on}"
