from django.db import models


class City(models.Model):
    """The one city of this installation."""

    code = models.CharField("区划代码", max_length=6, unique=True)
    name = models.CharField("名称", max_length=64)
    name_en = models.CharField("英文名", max_length=64)
    case_prefix = models.CharField("办件编号前缀", max_length=8)
    hotline = models.CharField("咨询电话", max_length=32, blank=True)
    review_organ = models.CharField("复议机关", max_length=200, blank=True)
    court = models.CharField("管辖法院", max_length=200, blank=True)
    remedies = models.TextField("救济途径", blank=True)

    class Meta:
        verbose_name = "城市"

    def __str__(self) -> str:
        return self.name


class Translation(models.Model):
    """Sentences of the city's content in another language, as one file gives them."""

    key = models.CharField("编码", max_length=64, unique=True)
    language = models.CharField("语言", max_length=16)
    texts = models.JSONField("译文")

    class Meta:
        verbose_name = "内容译文"

    def __str__(self) -> str:
        return f"{self.key} ({self.language})"
