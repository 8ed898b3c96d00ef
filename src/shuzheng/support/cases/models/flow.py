from django.db import models

from shuzheng.support.cases.models.case import Case


class FlowStep(models.Model):
    """What moved a case's flow, and when: enough to play the case again up to any moment.

    ``told`` is a list of events as ``rules.history`` writes them, with the variables that had
    changed before each. A step that cannot be played (the start, a move to another version) keeps
    the whole: ``snapshot``.
    """

    case = models.ForeignKey(
        Case, models.PROTECT, related_name="steps", verbose_name="办件", db_index=False
    )
    flow = models.ForeignKey(
        "workflow.FlowVersion",
        models.PROTECT,
        related_name="+",
        verbose_name="流程版本",
        db_index=False,
    )
    at = models.DateTimeField("时间")
    actor = models.CharField("岗位", max_length=64)
    state = models.CharField("办件状态", max_length=24)
    told = models.JSONField("经过", default=list)
    snapshot = models.JSONField("全貌", null=True)

    class Meta:
        verbose_name = "流程经过"
        indexes = [models.Index(fields=["case", "id"], name="step_of_case")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.at}"


class Wait(models.Model):
    """A token of a case that waits for a message or a signal."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="waits", verbose_name="办件")
    token = models.CharField("令牌", max_length=64)
    kind = models.CharField("类别", max_length=8)
    name = models.CharField("名称", max_length=200)
    key = models.CharField("关联键", max_length=200, blank=True)

    class Meta:
        verbose_name = "等待"
        constraints = [models.UniqueConstraint(fields=["case", "token"], name="wait_token")]
        indexes = [models.Index(fields=["kind", "name", "key", "id"], name="wait_for")]

    def __str__(self) -> str:
        return f"{self.kind} {self.name} {self.key}"


class FlowMessage(models.Model):
    """A message on its way to one case, or a signal to each that waited when it was given.

    ``to_case`` is known at once for a signal, and after delivery for a message. Where it
    ``opens`` a case of that matter, ``to_case`` is the case opened; an entry of the journal that
    opens one is a row too. ``source`` is what it is known by where it comes from outside, so that
    the same is taken once.
    """

    kind = models.CharField("类别", max_length=8)
    name = models.CharField("名称", max_length=200)
    key = models.CharField("关联键", max_length=200, blank=True)
    payload = models.JSONField("内容", default=dict)
    from_case = models.ForeignKey(
        Case, models.PROTECT, null=True, related_name="+", verbose_name="来自", db_index=False
    )
    to_case = models.ForeignKey(
        Case, models.PROTECT, null=True, related_name="+", verbose_name="送达", db_index=False
    )
    opens = models.CharField("启动的事项", max_length=64, blank=True, default="")
    source = models.CharField("来源编号", max_length=200, blank=True, default="")
    state = models.CharField("状态", max_length=12, default="sent")
    sent_at = models.DateTimeField("发出时间")
    ended_at = models.DateTimeField("了结时间", null=True)
    attempts = models.PositiveIntegerField("未成次数", default=0)
    try_at = models.DateTimeField("下次尝试")

    class Meta:
        verbose_name = "流程消息"
        indexes = [
            models.Index(
                fields=["name", "key", "id"],
                condition=models.Q(state__in=["sent", "kept"]),
                name="message_open",
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["source"], condition=~models.Q(source=""), name="message_taken_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.name} ({self.state})"


class TimerStart(models.Model):
    """A timer at which a flow begins by itself: of which matter, under which version, when next.

    ``timer`` and ``value`` are what is drawn; a later version that says the same keeps its count.
    ``left`` is how often it begins still, nothing for ever; without ``next_at`` it is over.
    """

    matter = models.CharField("事项", max_length=64)
    element = models.CharField("环节", max_length=200)
    flow = models.ForeignKey(
        "workflow.FlowVersion", models.PROTECT, related_name="+", verbose_name="流程版本"
    )
    timer = models.CharField("定时方式", max_length=12)
    value = models.CharField("定时", max_length=200)
    left = models.PositiveIntegerField("剩余次数", null=True)
    next_at = models.DateTimeField("下次启动", null=True)
    attempts = models.PositiveIntegerField("未成次数", default=0)
    try_at = models.DateTimeField("下次尝试", null=True)

    class Meta:
        verbose_name = "定时启动"
        constraints = [
            models.UniqueConstraint(fields=["matter", "element"], name="timer_start_once")
        ]

    def __str__(self) -> str:
        return f"{self.matter} {self.next_at}"
