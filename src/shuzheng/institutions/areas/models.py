"""Divisions, grid cells and outlines."""

from django.db import models


class Area(models.Model):
    """A division or a grid cell."""

    code = models.CharField("代码", max_length=15, unique=True)
    name = models.CharField("名称", max_length=100)
    level = models.CharField("层级", max_length=20)
    parent = models.CharField("上级代码", max_length=15, blank=True, db_index=True)
    full_name = models.CharField("全称", max_length=300)
    sort_key = models.CharField("音序", max_length=200)
    division = models.CharField("所属区划表", max_length=60, blank=True, db_index=True)

    class Meta:
        verbose_name = "行政区划"

    def __str__(self) -> str:
        return self.full_name


class Boundary(models.Model):
    """The outline of an area as a GeoJSON geometry, longitude first."""

    area = models.CharField("区划代码", max_length=15, unique=True)
    geometry = models.JSONField("边界")
    division = models.CharField("所属区划表", max_length=60, db_index=True)

    class Meta:
        verbose_name = "边界"

    def __str__(self) -> str:
        return self.area


class Division(models.Model):
    """A city's table of divisions as applied; its digest tells when outlines must be read again."""

    code = models.CharField("编码", max_length=60, unique=True)
    digest = models.CharField("摘要", max_length=64)

    class Meta:
        verbose_name = "区划表"

    def __str__(self) -> str:
        return self.code
