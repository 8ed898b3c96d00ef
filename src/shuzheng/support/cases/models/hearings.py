"""A hearing before a decision: ordered or asked for, announced, attended, recorded."""

from django.db import models

from shuzheng.support.cases.models.case import Case


class HearingOrder(models.Model):
    """A hearing that the organ itself wants: by which ground, and who said so for the organ."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="hearing_orders")
    ground = models.CharField("事由", max_length=16)
    subject = models.CharField("听证事项", max_length=200)
    reasons = models.TextField("理由")
    citation = models.JSONField("依据")
    state = models.CharField("状态", max_length=12)
    asked_by = models.CharField("提出岗位", max_length=64)
    asked_account = models.CharField("提出人", max_length=64)
    asked_at = models.DateTimeField("提出时间")
    decided_by = models.CharField("批准岗位", max_length=64, blank=True)
    decided_name = models.CharField("批准人", max_length=64, blank=True)
    decided_at = models.DateTimeField("批准时间", null=True)
    decision = models.TextField("批准意见", blank=True)

    class Meta:
        verbose_name = "依职权听证"
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=models.Q(state__in=["asked", "approved"]),
                name="hearing_ordered_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.state}"


class Hearing(models.Model):
    """A hearing on one matter: told of, asked for or ordered, announced, held, its record kept.

    Attributes:
        ground: why the organ ordered it; empty for one that was asked for. An ordered one is
            announced to the public.
        asked_by, asked_on: by whom and when it was asked for or ordered.
        ask_by_on: last day to ask; none where nobody needed to.
        hold_by_on: last day to hold it; the law sets one only where it was asked for.
    """

    case = models.OneToOneField(Case, models.PROTECT, related_name="hearing")
    ground = models.CharField("事由", max_length=16, blank=True)
    subject = models.CharField("听证事项", max_length=200, blank=True)
    reasons = models.TextField("告知事由")
    citation = models.JSONField("依据")
    told_by = models.CharField("告知岗位", max_length=64)
    told_at = models.DateTimeField("告知时间")
    ask_by_on = models.DateField("申请期限", null=True)
    asked_by = models.CharField("申请听证的人", max_length=64, blank=True)
    asked_on = models.DateField("申请日", null=True)
    hold_by_on = models.DateField("组织期限", null=True)
    announced_on = models.DateField("通知日", null=True)
    held_on = models.DateField("听证日", null=True)
    begins = models.TimeField("开始时间", null=True)
    place = models.CharField("地点", max_length=200, blank=True)
    chair = models.CharField("主持人", max_length=64, blank=True)
    joining = models.CharField("参加办法", max_length=400, blank=True)
    attendants = models.JSONField("参加人", default=list)
    minutes_encrypted = models.TextField("笔录(加密)", blank=True)
    recorded_at = models.DateTimeField("记录时间", null=True)

    class Meta:
        verbose_name = "听证"

    def __str__(self) -> str:
        return f"{self.case_id} {self.held_on}"


class HearingGuest(models.Model):
    """Somebody who wants to take part in a public hearing; the name is kept encrypted."""

    hearing = models.ForeignKey(Hearing, models.PROTECT, related_name="guests")
    person = models.CharField("报名人", max_length=64)
    name_encrypted = models.TextField("姓名(加密)")
    wish = models.CharField("参加方式", max_length=12)
    joined_at = models.DateTimeField("报名时间")

    class Meta:
        verbose_name = "听证报名"
        constraints = [
            models.UniqueConstraint(fields=["hearing", "person"], name="hearing_joined_once")
        ]

    def __str__(self) -> str:
        return f"{self.hearing_id} {self.wish}"
