from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models


class MatterRevision(models.Model):
    """A matter or bundle in one version; earlier ones stay, cases point at them."""

    kind = models.CharField("类别", max_length=16)
    key = models.CharField("标识", max_length=64)
    version = models.PositiveIntegerField("版本")
    valid_from = models.DateField("施行日期")
    title = models.CharField("名称", max_length=200)
    department = models.CharField("部门", max_length=64)
    digest = models.CharField("内容摘要", max_length=64)
    body = models.JSONField("要素")
    # Text, not jsonb: the order of the questions is part of them.
    questions = models.TextField("情形引导", default="{}")
    form = models.TextField("表单", default="{}")
    words = SearchVectorField("检索词")
    is_withdrawn = models.BooleanField("已撤下", default=False)
    is_offered = models.BooleanField("可申请", default=True)
    published_at = models.DateTimeField("发布时间")

    class Meta:
        verbose_name = "事项版本"
        constraints = [
            models.UniqueConstraint(fields=["kind", "key", "version"], name="matter_version"),
        ]
        indexes = [
            GinIndex(fields=["words"], name="matter_words"),
            models.Index(
                fields=["key"],
                condition=models.Q(is_offered=False, is_withdrawn=False),
                name="matter_not_offered",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} v{self.version}"
