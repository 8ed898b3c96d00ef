"""Turns of the procedure that not every case takes: each row is the record of one."""

from django.db import models

from shuzheng.support.cases.models.case import Case


class Extension(models.Model):
    """A longer period, asked of the post that may approve it; one approved a case."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="extensions")
    period = models.JSONField("延长")
    citation = models.JSONField("依据")
    reasons = models.TextField("理由")
    state = models.CharField("状态", max_length=12, default="asked")
    asked_by = models.CharField("申请岗位", max_length=64)
    asked_account = models.CharField("申请人", max_length=64)
    asked_at = models.DateTimeField("申请时间")
    decided_by = models.CharField("批准岗位", max_length=64, blank=True)
    decided_name = models.CharField("批准人", max_length=64, blank=True)
    decided_at = models.DateTimeField("批准时间", null=True)
    decision = models.TextField("批准意见", blank=True)

    class Meta:
        verbose_name = "延长期限"
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=models.Q(state="approved"), name="extension_once"
            ),
            models.UniqueConstraint(
                fields=["case"], condition=models.Q(state="asked"), name="extension_asked_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.state}"


class ToFollow(models.Model):
    """What was missing at a conditional acceptance (容缺受理), until when, and what came of it."""

    case = models.OneToOneField(Case, models.PROTECT, related_name="to_follow")
    materials = models.JSONField("容缺材料")
    deadline_on = models.DateField("补交期限")
    told_by = models.CharField("告知岗位", max_length=64)
    told_at = models.DateTimeField("告知时间")
    delivered_at = models.DateTimeField("补交时间", null=True)
    outcome = models.CharField("结果", max_length=12, blank=True)
    reasons = models.TextField("理由", blank=True)
    settled_by = models.CharField("核对岗位", max_length=64, blank=True)
    settled_at = models.DateTimeField("核对时间", null=True)

    class Meta:
        verbose_name = "容缺受理"

    def __str__(self) -> str:
        return f"{self.case_id} {self.deadline_on}"


class CommitmentCheck(models.Model):
    """Whether what was granted on a commitment is as committed: due, put right, or revoked."""

    case = models.OneToOneField(Case, models.PROTECT, related_name="commitment_check")
    state = models.CharField("状态", max_length=12, default="due")
    check_by_on = models.DateField("核查期限")
    citation = models.JSONField("依据")
    officers = models.JSONField("核查人员", default=list)
    findings = models.TextField("核查情况", blank=True)
    checked_on = models.DateField("核查日", null=True)
    faults = models.TextField("限期整改内容", blank=True)
    rectify_by_on = models.DateField("整改期限", null=True)
    settled_at = models.DateTimeField("结束时间", null=True)

    class Meta:
        verbose_name = "承诺核查"

    def __str__(self) -> str:
        return f"{self.case_id} {self.state}"


class CommitmentBar(models.Model):
    """One matter that one holder no longer gets on a commitment, until repaired."""

    case = models.OneToOneField(Case, models.PROTECT, related_name="commitment_bar")
    matter = models.CharField("事项", max_length=64)
    person = models.CharField("被许可人", max_length=64)
    citation = models.JSONField("依据")
    since_at = models.DateTimeField("开始")
    ended_at = models.DateTimeField("结束", null=True)
    ended_by = models.CharField("解除岗位", max_length=64, blank=True)
    ended_reasons = models.TextField("解除理由", blank=True)

    class Meta:
        verbose_name = "暂停适用告知承诺"
        indexes = [
            models.Index(
                fields=["person", "matter"],
                condition=models.Q(ended_at__isnull=True),
                name="commitment_barred",
            )
        ]

    def __str__(self) -> str:
        return f"{self.matter} {self.since_at}"


class Remedy(models.Model):
    """A remedy sought against a decision of this case, and how it ended."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="remedies")
    kind = models.CharField("救济途径", max_length=16)
    organ = models.CharField("受理机关", max_length=120)
    reference = models.CharField("案号", max_length=80, blank=True)
    sought_on = models.DateField("提出日")
    recorded_by = models.CharField("记录岗位", max_length=64)
    recorded_at = models.DateTimeField("记录时间")
    result = models.CharField("结果", max_length=24, blank=True)
    result_on = models.DateField("结果日", null=True)
    consequence = models.TextField("后续处理", blank=True)

    class Meta:
        verbose_name = "救济"

    def __str__(self) -> str:
        return f"{self.kind} {self.sought_on}"
