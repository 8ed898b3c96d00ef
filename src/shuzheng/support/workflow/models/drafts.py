"""Drawings on their way to publication."""

from django.db import models

from shuzheng.support.workflow.models.versions import FlowVersion


class DraftState(models.TextChoices):
    """Where a draft is on its way."""

    DRAFTING = "drafting", "起草中"
    WAITING = "waiting", "待审核"
    SENT_BACK = "sent_back", "已退回"
    PUBLISHED = "published", "已发布"
    DROPPED = "dropped", "已放弃"


class FlowDraft(models.Model):
    """A drawing on its way from who draws it over who reviews it to publication.

    Without ``base`` it is a new flow. ``revision`` counts the savings.
    """

    base = models.ForeignKey(
        FlowVersion,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="drafts",
        verbose_name="所改版本",
    )
    key = models.CharField("编码", max_length=80)
    title = models.CharField("名称", max_length=120)
    department = models.CharField("归口部门", max_length=64)
    process = models.CharField("流程标识", max_length=200, blank=True)
    xml = models.BinaryField("流程图")
    revision = models.PositiveIntegerField("保存次数", default=0)
    reasons = models.TextField("修改理由", blank=True)
    state = models.CharField("状态", max_length=12, choices=DraftState, default=DraftState.DRAFTING)
    drafted_at = models.DateTimeField("起草时间")
    drafted_by = models.CharField("起草人账号", max_length=80)
    drafted_name = models.CharField("起草人", max_length=80)
    drafted_post = models.CharField("起草人岗位", max_length=60, blank=True)
    reviewed_at = models.DateTimeField("审核时间", null=True, blank=True)
    reviewed_by = models.CharField("审核人账号", max_length=80, blank=True)
    reviewed_name = models.CharField("审核人", max_length=80, blank=True)
    reviewed_post = models.CharField("审核人岗位", max_length=60, blank=True)
    review = models.TextField("审核意见", blank=True)
    version = models.OneToOneField(
        FlowVersion,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="draft",
        verbose_name="发布为",
    )

    class Meta:
        verbose_name = verbose_name_plural = "流程草稿"
        ordering = ("-id",)
        constraints = [
            models.CheckConstraint(
                condition=models.Q(reviewed_by="") | ~models.Q(reviewed_by=models.F("drafted_by")),
                name="flow_draft_reviewed_by_another",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="published") | ~models.Q(reviewed_by=""),
                name="flow_draft_published_by_somebody",
            ),
        ]
        indexes = [models.Index(fields=("key", "-id"), name="flow_draft_of_flow")]

    def __str__(self) -> str:
        return f"{self.key} 草稿 #{self.pk}"
