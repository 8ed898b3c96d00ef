"""Datasets, the batches that came in, and the rows put aside."""

from uuid import uuid4

from django.db import models


class DatasetDefinition(models.Model):
    """A dataset as the city's content defines it."""

    key = models.CharField("代码", max_length=60, primary_key=True)
    definition = models.JSONField("定义")

    class Meta:
        verbose_name = "数据集"
        verbose_name_plural = "数据集"

    def __str__(self) -> str:
        return self.key


class Batch(models.Model):
    """One delivery of a dataset; the same file is never taken twice."""

    public_id = models.UUIDField("编号", default=uuid4, unique=True, editable=False)
    dataset = models.CharField("数据集", max_length=60)
    filename = models.CharField("文件名", max_length=200)
    sha256 = models.CharField("文件摘要", max_length=64)
    rows_total = models.PositiveIntegerField("总行数")
    rows_good = models.PositiveIntegerField("合格行数")
    records_made = models.PositiveIntegerField("新增记录")
    records_changed = models.PositiveIntegerField("变更记录")
    records_absent = models.PositiveIntegerField("文件中没有的记录", default=0)
    records_ended = models.PositiveIntegerField("终止记录", default=0)
    absent_references = models.JSONField("等待确认终止的记录", default=list, blank=True)
    held_because = models.CharField("等待确认的原因", max_length=200, blank=True)
    collected_at = models.DateTimeField("归集时间")
    collected_by = models.CharField("归集人", max_length=100)

    class Meta:
        verbose_name = "归集批次"
        verbose_name_plural = "归集批次"
        constraints = [
            models.UniqueConstraint(fields=["dataset", "sha256"], name="one_batch_a_file")
        ]
        indexes = [models.Index(fields=["dataset", "-collected_at"], name="batch_by_dataset")]

    def __str__(self) -> str:
        return f"{self.dataset} {self.collected_at:%Y-%m-%d %H:%M}"


class QuarantinedRow(models.Model):
    """A row put aside: its reasons in the clear, its cells encrypted."""

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="quarantined")
    line = models.PositiveIntegerField("行号")
    reasons = models.JSONField("原因")
    cells_encrypted = models.TextField("原始内容（加密）")

    class Meta:
        verbose_name = "隔离行"
        verbose_name_plural = "隔离行"
        constraints = [
            models.UniqueConstraint(fields=["batch", "line"], name="one_quarantined_row_a_line")
        ]

    def __str__(self) -> str:
        return f"{self.batch} 第 {self.line} 行"
