"""The calendar's zone and the days that content states."""

from django.db import models


class CalendarSettings(models.Model):
    """The one row that says which calendar holds.

    ``version`` is a digest of zone and days: a process reads the days again when it differs.
    """

    code = models.CharField("编码", max_length=40, unique=True)
    zone = models.CharField("时区", max_length=60)
    version = models.CharField("版本", max_length=64, blank=True)

    class Meta:
        verbose_name = "日历"

    def __str__(self) -> str:
        return self.zone


class CalendarDay(models.Model):
    """A day whose nature content states."""

    day = models.DateField("日期", unique=True)
    is_working_day = models.BooleanField("是否工作日")
    name = models.CharField("名称", max_length=100)
    source = models.CharField("依据", max_length=300)

    class Meta:
        verbose_name = "日历调整"

    def __str__(self) -> str:
        return f"{self.day} {self.name}"
