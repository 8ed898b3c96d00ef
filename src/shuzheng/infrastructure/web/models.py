"""How often each account and address asked lately; rows are worthless after their window."""

from django.db import models


class RequestCount(models.Model):
    """Requests of one key in one window of time."""

    key = models.CharField("限流键", max_length=64)
    window = models.BigIntegerField("时间窗起点(纪元秒)")
    count = models.PositiveIntegerField("次数", default=0)

    class Meta:
        verbose_name = "请求计数"
        verbose_name_plural = "请求计数"
        constraints = [models.UniqueConstraint(fields=["key", "window"], name="web_one_count")]
        indexes = [models.Index(fields=["window"], name="web_count_window")]

    def __str__(self) -> str:
        return f"{self.key}@{self.window}: {self.count}"
