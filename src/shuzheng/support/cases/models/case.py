from collections.abc import Collection
from typing import Any, Self

from django.db import models


class Case(models.Model):
    """An application moving along its flow; a bundle is the root of its members' cases.

    ``variables`` hold what the flow's conditions read and no personal data; what the applicant
    entered stands encrypted in ``form_encrypted``. ``parent`` is the case whose flow called this
    one, where that is not the root itself.
    """

    loaded: dict[str, Any] | None = None
    """The columns as they were read, so that a step writes only what it changed."""

    number = models.CharField("办件编号", max_length=32, unique=True)
    root = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="members", verbose_name="一件事"
    )
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="children", verbose_name="上级办件"
    )
    root_token = models.CharField("上级流程令牌", max_length=64, blank=True)
    revision = models.ForeignKey(
        "matters.MatterRevision", models.PROTECT, related_name="+", verbose_name="事项版本"
    )
    flow = models.ForeignKey(
        "workflow.FlowVersion", models.PROTECT, related_name="+", verbose_name="流程版本"
    )
    matter = models.CharField("事项", max_length=64)
    title = models.CharField("名称", max_length=200)
    department = models.CharField("部门", max_length=64)
    area = models.CharField("区划", max_length=12)
    state = models.CharField("状态", max_length=24)
    applicant_person = models.CharField("申请人", max_length=64)
    applicant_masked = models.CharField("申请人(已遮盖)", max_length=64)
    helper_post = models.CharField("代办岗位", max_length=64, blank=True)
    helper_account = models.CharField("代办人", max_length=64, blank=True)
    flow_state = models.JSONField("流程状态", null=True)
    variables = models.JSONField("流程变量", default=dict)
    form_encrypted = models.TextField("表单(加密)", blank=True)
    form_revision = models.PositiveIntegerField("表单版次", default=0)
    receipt_code = models.CharField("回执码", max_length=32, unique=True)
    created_at = models.DateTimeField("创建时间")
    submitted_at = models.DateTimeField("提交时间", null=True)
    accepted_at = models.DateTimeField("受理时间", null=True)
    closed_at = models.DateTimeField("办结时间", null=True)
    archived_sha256 = models.CharField("归档摘要", max_length=64, blank=True)

    class Meta:
        verbose_name = "办件"
        indexes = [
            models.Index(fields=["applicant_person", "-id"], name="case_applicant"),
            models.Index(fields=["department", "state", "-id"], name="case_department"),
            models.Index(fields=["state", "-id"], name="case_state"),
            models.Index(
                fields=["helper_account", "-id"],
                condition=~models.Q(helper_account=""),
                name="case_helper",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["root", "root_token"],
                condition=models.Q(root__isnull=False, parent__isnull=True),
                name="case_member_once",
            ),
            models.UniqueConstraint(
                fields=["parent", "root_token"],
                condition=models.Q(parent__isnull=False),
                name="case_child_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @classmethod
    def from_db(
        cls, db: str | None, field_names: Collection[str], values: Collection[Any], **more: Any
    ) -> Self:
        """Remember the columns as they are read."""
        case: Self = super().from_db(db, field_names, values, **more)
        case.loaded = {name: case.__dict__[name] for name in field_names}
        return case

    @classmethod
    def columns(cls) -> "tuple[models.Field[Any, Any], ...]":
        """Return the columns of the table."""
        return tuple(cls._meta.concrete_fields)


class Attachment(models.Model):
    """A file the applicant gave for one material."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="attachments")
    material = models.CharField("材料", max_length=64)
    sha256 = models.CharField("摘要", max_length=64)
    filename = models.CharField("文件名", max_length=200)
    media_type = models.CharField("类型", max_length=100)
    size = models.PositiveIntegerField("大小")
    is_removed = models.BooleanField("已移除", default=False)
    uploaded_by = models.CharField("上传人", max_length=64)
    uploaded_at = models.DateTimeField("上传时间")

    class Meta:
        verbose_name = "附件"

    def __str__(self) -> str:
        return self.filename
