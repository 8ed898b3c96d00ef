from django.db import models

from shuzheng.support.cases.models.case import Case


class FlowMigration(models.Model):
    """Running cases of a flow on their way to one of its versions."""

    key = models.CharField("流程编码", max_length=80)
    flow = models.ForeignKey(
        "workflow.FlowVersion", models.PROTECT, related_name="+", verbose_name="目标版本"
    )
    reasons = models.TextField("理由")
    state = models.CharField("状态", max_length=12, default="open")
    opened_at = models.DateTimeField("开始时间")
    opened_by = models.CharField("发起人账号", max_length=80)
    opened_name = models.CharField("发起人", max_length=80)
    opened_post = models.CharField("发起人岗位", max_length=60, blank=True)
    finished_at = models.DateTimeField("完成时间", null=True, blank=True)

    class Meta:
        verbose_name = "办件迁移"
        ordering = ("-id",)
        constraints = [
            models.UniqueConstraint(
                fields=["key"], condition=models.Q(state="open"), name="migration_open_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.key} → {self.flow_id} ({self.state})"


class MigratingCase(models.Model):
    """One case of a migration: still waiting, moved, or staying for reasons.

    Its keys are not enforced: a hundred thousand rows come at once, and each check would lock a
    case that somebody works on. Cases and versions are never deleted.
    """

    migration = models.ForeignKey(
        FlowMigration, models.PROTECT, related_name="cases", verbose_name="迁移", db_index=False
    )
    case = models.ForeignKey(
        Case,
        models.PROTECT,
        related_name="migrations",
        verbose_name="办件",
        db_constraint=False,
    )
    from_flow = models.ForeignKey(
        "workflow.FlowVersion",
        models.PROTECT,
        related_name="+",
        verbose_name="原版本",
        db_constraint=False,
        db_index=False,
    )
    state = models.CharField("状态", max_length=8, default="waiting")
    stays = models.JSONField("不迁移的原因", default=list)
    settled_at = models.DateTimeField("处理时间", null=True, blank=True)

    class Meta:
        verbose_name = "迁移中的办件"
        constraints = [
            models.UniqueConstraint(fields=["migration", "case"], name="migrating_case_once")
        ]
        indexes = [
            models.Index(fields=["migration", "state", "id"], name="migrating_by_state"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.state}"
