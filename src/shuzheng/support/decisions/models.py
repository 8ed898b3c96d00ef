"""The published versions of decisions, and every run of them."""

from django.db import models

from shuzheng.policy.refusals import gettext_noop


class DecisionVersion(models.Model):
    """One published version of a decision; never changed, so that any run can be replayed."""

    key = models.CharField("编码", max_length=80)
    number = models.PositiveIntegerField("版本号")
    title = models.CharField("名称", max_length=120)
    department = models.CharField("归口部门", max_length=64, blank=True)
    decision = models.CharField("模型中的决策", max_length=120)
    digest = models.CharField("摘要", max_length=64)
    xml = models.BinaryField("决策模型")
    citations = models.JSONField("依据", default=list)
    optional = models.JSONField("可缺省的输入", default=list)
    words = models.JSONField("值的说法", default=dict)
    cases = models.TextField("用例", blank=True)
    published_at = models.DateTimeField("发布时间")
    withdrawn_at = models.DateTimeField("停用时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "决策版本"
        ordering = ("key", "-number")
        constraints = [
            models.UniqueConstraint(fields=("key", "number"), name="decision_version_once"),
            models.UniqueConstraint(
                fields=("key",),
                condition=models.Q(withdrawn_at=None),
                name="decision_one_version_in_force",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} 第{self.number}版"


class DraftState(models.TextChoices):
    """Where a draft is on its way."""

    DRAFTING = "drafting", gettext_noop("起草中")
    WAITING = "waiting", gettext_noop("待审核")
    SENT_BACK = "sent_back", gettext_noop("已退回")
    APPROVED = "approved", gettext_noop("已通过，待发布")
    PUBLISHED = "published", gettext_noop("已发布")
    DROPPED = "dropped", gettext_noop("已放弃")


class DecisionDraft(models.Model):
    """A changed table on its way from who drafts it over who reviews it to publication.

    ``cases`` is what was typed, readable or not; ``revision`` counts the savings.
    """

    base = models.ForeignKey(
        DecisionVersion, on_delete=models.PROTECT, related_name="drafts", verbose_name="所改版本"
    )
    xml = models.BinaryField("决策模型")
    cases = models.TextField("用例", blank=True)
    reasons = models.TextField("修改理由", blank=True)
    revision = models.PositiveIntegerField("保存次数", default=0)
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
        DecisionVersion,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="draft",
        verbose_name="发布为",
    )

    class Meta:
        verbose_name = verbose_name_plural = "决策草稿"
        ordering = ("-id",)
        constraints = [
            models.CheckConstraint(
                condition=models.Q(reviewed_by="") | ~models.Q(reviewed_by=models.F("drafted_by")),
                name="decision_draft_reviewed_by_another",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=("approved", "published"))
                | ~models.Q(reviewed_by=""),
                name="decision_draft_approved_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.base.key} 草稿 #{self.pk}"


class DecisionRun(models.Model):
    """One decision taken: what was given, which rules decided, what came out, who set it aside."""

    version = models.ForeignKey(
        DecisionVersion, on_delete=models.PROTECT, related_name="runs", verbose_name="决策版本"
    )
    case = models.CharField("办件", max_length=60, blank=True)
    inputs = models.JSONField("输入")
    matched = models.JSONField("适用的规则")
    notes = models.JSONField("说明", default=list)
    output = models.JSONField("结果", null=True)
    decided_at = models.DateTimeField("决策时间")
    account = models.CharField("操作人", max_length=80, blank=True)
    post = models.CharField("岗位", max_length=60, blank=True)
    set_aside_value = models.JSONField("人工判断", null=True, blank=True)
    set_aside_reasons = models.TextField("理由", blank=True)
    set_aside_by = models.CharField("判断人", max_length=80, blank=True)
    set_aside_post = models.CharField("判断人岗位", max_length=60, blank=True)
    set_aside_at = models.DateTimeField("判断时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "决策记录"
        ordering = ("id",)
        indexes = [
            models.Index(
                fields=("case", "id"), condition=~models.Q(case=""), name="decision_run_of_case"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(set_aside_at=None) | ~models.Q(set_aside_reasons=""),
                name="decision_set_aside_with_reasons",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version} #{self.pk}"
