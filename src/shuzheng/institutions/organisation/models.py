"""Departments and the posts they are made of."""

from django.db import models


class Department(models.Model):
    """An organ of state or a part of one that acts in its own name."""

    code = models.CharField("编码", max_length=60, unique=True)
    name = models.CharField("名称", max_length=100)
    credit_code = models.CharField("统一社会信用代码", max_length=18, blank=True)
    is_verified = models.BooleanField("代码已核实", default=False)
    area = models.CharField("行政区划", max_length=15)
    level = models.CharField("层级", max_length=20)

    class Meta:
        verbose_name = "部门"

    def __str__(self) -> str:
        return self.name


class Post(models.Model):
    """A place in a department with duties, permissions and areas; people come and go."""

    code = models.CharField("编码", max_length=100, unique=True)
    name = models.CharField("名称", max_length=100)
    department = models.ForeignKey(
        "organisation.Department", on_delete=models.PROTECT, related_name="posts"
    )
    superior = models.ForeignKey(
        "organisation.Post", on_delete=models.PROTECT, null=True, related_name="subordinates"
    )
    areas = models.JSONField("管辖区域", default=list)
    permissions = models.JSONField("权限", default=list)
    duties = models.JSONField("职责", default=list)

    class Meta:
        verbose_name = "岗位"

    def __str__(self) -> str:
        return self.name
