"""The published versions of flows."""

from django.db import models


class FlowVersion(models.Model):
    """One published version of a flow; never changed, for cases run under it for years.

    ``department`` owns the flow: only its people draft changes. Empty means that it is changed in
    the city's content alone.
    """

    key = models.CharField("编码", max_length=80)
    title = models.CharField("名称", max_length=120)
    department = models.CharField("归口部门", max_length=64, blank=True, default="")
    process = models.CharField("流程标识", max_length=200, blank=True)
    number = models.PositiveIntegerField("版本号")
    digest = models.CharField("摘要", max_length=64)
    xml = models.BinaryField("流程图")
    published_at = models.DateTimeField("发布时间")
    published_by = models.CharField("发布人账号", max_length=80, blank=True, default="")
    published_name = models.CharField("发布人", max_length=80, blank=True, default="")
    published_post = models.CharField("发布人岗位", max_length=60, blank=True, default="")
    withdrawn_at = models.DateTimeField("停用时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "流程版本"
        ordering = ("key", "-number")
        constraints = [
            models.UniqueConstraint(fields=("key", "number"), name="flow_version_once"),
            models.UniqueConstraint(
                fields=("key",),
                condition=models.Q(withdrawn_at=None),
                name="flow_one_version_in_force",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} 第{self.number}版"
