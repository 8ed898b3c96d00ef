from django.db import models

from shuzheng.support.cases.models.case import Case


class Task(models.Model):
    """Something a post or the applicant has to do; exactly one completion."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="tasks")
    token = models.CharField("令牌", max_length=64)
    element = models.CharField("环节", max_length=64)
    name = models.CharField("任务", max_length=200)
    duty = models.CharField("职责", max_length=64, blank=True)
    post = models.CharField("岗位", max_length=64, blank=True)
    for_applicant = models.BooleanField("由申请人办", default=False)
    state = models.CharField("状态", max_length=12, default="open")
    due_on = models.DateField("到期日", null=True)
    opened_at = models.DateTimeField("产生时间")
    claimed_by = models.CharField("认领人", max_length=64, blank=True)
    claimed_name = models.CharField("认领人姓名", max_length=64, blank=True)
    done_by = models.CharField("完成人", max_length=64, blank=True)
    done_name = models.CharField("完成人姓名", max_length=64, blank=True)
    done_at = models.DateTimeField("完成时间", null=True)
    outcome = models.JSONField("结果", default=dict)
    escalated_to = models.CharField("提级岗位", max_length=64, blank=True)
    reminded_for = models.DateField("已就该到期日提醒", null=True)

    class Meta:
        verbose_name = "任务"
        constraints = [models.UniqueConstraint(fields=["case", "token"], name="task_token")]
        indexes = [
            models.Index(
                fields=["post", "due_on", "id"],
                condition=models.Q(state="open"),
                name="task_inbox",
            ),
            models.Index(
                fields=["escalated_to", "due_on", "id"],
                condition=models.Q(state="open") & ~models.Q(escalated_to=""),
                name="task_escalated",
            ),
            models.Index(
                fields=["due_on"],
                condition=models.Q(state="open", escalated_to=""),
                name="task_overdue",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.state})"


class Timer(models.Model):
    """A moment at which the flow goes on by itself."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="timers")
    token = models.CharField("令牌", max_length=64)
    fire_at = models.DateTimeField("触发时间")
    state = models.CharField("状态", max_length=12, default="set")
    attempts = models.PositiveIntegerField("未成次数", default=0)
    try_at = models.DateTimeField("下次尝试", null=True)

    class Meta:
        verbose_name = "定时器"
        indexes = [
            models.Index(fields=["fire_at"], condition=models.Q(state="set"), name="timer_due")
        ]

    def __str__(self) -> str:
        return f"{self.token} {self.fire_at}"


class ServiceRequest(models.Model):
    """Work asked of another room; its report completes the flow's service task, once."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="service_requests")
    token = models.CharField("令牌", max_length=64)
    operation = models.CharField("服务", max_length=64)
    is_awaited = models.BooleanField("流程在等", default=True)
    payload_encrypted = models.TextField("内容(加密)")
    requested_at = models.DateTimeField("请求时间")
    done_at = models.DateTimeField("完成时间", null=True)
    result = models.JSONField("结果", default=dict)
    refused_at = models.DateTimeField("办不成的时间", null=True)
    refusal = models.TextField("办不成的原因", blank=True)

    class Meta:
        verbose_name = "服务请求"
        constraints = [models.UniqueConstraint(fields=["case", "token"], name="service_token")]
        indexes = [
            models.Index(
                fields=["case"],
                condition=models.Q(refused_at__isnull=False),
                name="service_refused",
            )
        ]

    def __str__(self) -> str:
        return f"{self.operation} {self.token}"
