"""The document templates in force."""

from django.db import models


class DocumentTemplate(models.Model):
    """A template from the city's content: its typst source and the schema of its data."""

    key = models.CharField("编码", max_length=80, primary_key=True)
    title = models.CharField("标题", max_length=120)
    word = models.CharField("发文字", max_length=20, blank=True)
    source = models.TextField("排版源文件")
    schema = models.JSONField("数据要求")
    digest = models.CharField("摘要", max_length=64)

    class Meta:
        verbose_name = verbose_name_plural = "文书模板"

    def __str__(self) -> str:
        return f"{self.key} {self.title}"
