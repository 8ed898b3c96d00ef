"""Staff and the posts they hold."""

from django.db import models
from django.db.models import F, Q


class Staff(models.Model):
    """Somebody who works for the city."""

    number = models.CharField("工号", max_length=40, unique=True)
    name = models.CharField("姓名", max_length=60)

    class Meta:
        verbose_name = "工作人员"

    def __str__(self) -> str:
        return f"{self.name}({self.number})"


class Assignment(models.Model):
    """Somebody holds a post from one day to another."""

    staff = models.ForeignKey("people.Staff", on_delete=models.CASCADE, related_name="assignments")
    post = models.CharField("岗位编码", max_length=100, db_index=True)
    from_on = models.DateField("起")
    to_on = models.DateField("止", null=True)

    class Meta:
        verbose_name = "任职"
        constraints = [
            models.CheckConstraint(
                condition=Q(to_on=None) | Q(to_on__gte=F("from_on")), name="assignment_in_order"
            )
        ]

    def __str__(self) -> str:
        return f"{self.staff} {self.post}"
