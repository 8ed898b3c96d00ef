"""Messages in the product, and the templates they are made from."""

from uuid import uuid4

from django.db import models


class TemplateDefinition(models.Model):
    """A message template as the city's content defines it."""

    key = models.CharField("代码", max_length=80, primary_key=True)
    on = models.CharField("日志类别", max_length=80, db_index=True)
    definition = models.JSONField("定义")

    class Meta:
        verbose_name = "消息模板"
        verbose_name_plural = "消息模板"

    def __str__(self) -> str:
        return self.key


class Message(models.Model):
    """One message to one person or one post, in both languages as it was sent.

    The English is empty where the city said it in Chinese alone.
    """

    public_id = models.UUIDField("编号", default=uuid4, unique=True, editable=False)
    person = models.CharField("收件人引用", max_length=64, blank=True)
    post = models.CharField("收件岗位", max_length=60, blank=True)
    title = models.CharField("标题", max_length=200)
    body = models.TextField("正文")
    title_en = models.CharField("英文标题", max_length=300, blank=True)
    body_en = models.TextField("英文正文", blank=True)
    link = models.CharField("链接", max_length=300, blank=True)
    case = models.CharField("办件", max_length=60, blank=True)
    template = models.CharField("模板", max_length=80, blank=True)
    entry = models.UUIDField("日志条目", null=True, blank=True)
    is_digest = models.BooleanField("汇总发送", default=False)
    sent_at = models.DateTimeField("发送时间")
    mailed_at = models.DateTimeField("邮件送出时间", null=True, blank=True)
    read_at = models.DateTimeField("阅读时间", null=True, blank=True)

    class Meta:
        verbose_name = "消息"
        verbose_name_plural = "消息"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(person="") ^ models.Q(post=""), name="one_recipient_a_message"
            ),
            models.UniqueConstraint(
                fields=["entry", "template", "person", "post"],
                condition=models.Q(entry__isnull=False),
                name="told_once_of_an_entry",
            ),
        ]
        indexes = [
            models.Index(
                fields=["person", "-sent_at"],
                condition=~models.Q(person=""),
                name="message_by_person",
            ),
            models.Index(
                fields=["post", "-sent_at"], condition=~models.Q(post=""), name="message_by_post"
            ),
            models.Index(
                fields=["is_digest", "sent_at"],
                condition=models.Q(mailed_at__isnull=True),
                name="message_to_mail",
            ),
        ]

    def __str__(self) -> str:
        return self.title
