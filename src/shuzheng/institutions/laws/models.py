"""The imported library, the validity table, and what content cites."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models


class Law(models.Model):
    """One version of a law as it was imported."""

    title = models.CharField("名称", max_length=200)
    plain_title = models.CharField("比较用名称", max_length=200)
    full_title = models.CharField("全称", max_length=200)
    version = models.DateField("版本日期")
    notices = models.TextField("题注", blank=True)
    source = models.CharField("来源文件", max_length=300)
    snapshot_on = models.DateField("快照日期")

    class Meta:
        verbose_name = "法律文本"
        constraints = [
            models.UniqueConstraint(fields=["plain_title", "version"], name="law_version_once")
        ]

    def __str__(self) -> str:
        return f"《{self.title}》({self.version})"


class Article(models.Model):
    """One article with the words it is found by."""

    law = models.ForeignKey("laws.Law", on_delete=models.CASCADE, related_name="articles")
    ordinal = models.PositiveIntegerField("顺序")
    name = models.CharField("条", max_length=40)
    heading = models.CharField("章节", max_length=300, blank=True)
    text = models.TextField("条文")
    sha256 = models.CharField("摘要", max_length=64)
    words = SearchVectorField("检索词", null=True)

    class Meta:
        verbose_name = "条文"
        indexes = [GinIndex(fields=["words"], name="article_words")]
        constraints = [
            models.UniqueConstraint(fields=["law", "ordinal"], name="article_place_once")
        ]

    def __str__(self) -> str:
        return f"{self.law}{self.name}"


class Validity(models.Model):
    """From when to when a version is law, kept by hand."""

    law = models.CharField("名称", max_length=200)
    version = models.DateField("版本日期")
    from_on = models.DateField("施行日期", null=True)
    to_on = models.DateField("失效日期", null=True)
    confirmed_on = models.DateField("核实日期", null=True)
    source = models.CharField("依据", max_length=300)

    class Meta:
        verbose_name = "效力"
        constraints = [
            models.UniqueConstraint(fields=["law", "version"], name="validity_version_once")
        ]

    def __str__(self) -> str:
        return f"《{self.law}》({self.version})"


class CitedClause(models.Model):
    """A clause that applied content cites; written anew whenever content is applied."""

    law = models.CharField("名称", max_length=200)
    plain_title = models.CharField("比较用名称", max_length=200)
    version = models.DateField("版本日期")
    article = models.CharField("条", max_length=40)
    paragraph = models.CharField("款项", max_length=40, blank=True)
    says = models.TextField("本系统的概括")
    verified = models.BooleanField("已核对")
    status = models.CharField("核对结果", max_length=20)
    cited_in = models.JSONField("引用之处", default=list)

    class Meta:
        verbose_name = "引用条文"
        indexes = [models.Index(fields=["plain_title", "version", "article"], name="cited_place")]

    def __str__(self) -> str:
        return f"《{self.law}》({self.version}){self.article}{self.paragraph}"
