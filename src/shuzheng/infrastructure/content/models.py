"""What is applied now, item by item, and a version that changes with it."""

from django.db import models


class AppliedItem(models.Model):
    """One content item as its files were last applied, and who published it elsewhere since."""

    kind = models.CharField("类型", max_length=60)
    key = models.CharField("编码", max_length=200)
    digest = models.CharField("摘要", max_length=64)
    applied_at = models.DateTimeField("应用时间")
    applied_by = models.CharField("应用人", max_length=100)
    reason = models.CharField("理由", max_length=500)
    edited_at = models.DateTimeField("网页上发布时间", null=True, blank=True)
    edited_by = models.CharField("网页上发布人", max_length=100, blank=True)
    edited_as = models.CharField("发布为", max_length=100, blank=True)

    class Meta:
        verbose_name = "已应用内容"
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="content_item_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class ContentVersion(models.Model):
    """One row: what changes whenever any content does."""

    version = models.UUIDField("版本")

    class Meta:
        verbose_name = "内容版本"

    def __str__(self) -> str:
        return str(self.version)
