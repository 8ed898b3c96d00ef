"""Tables of the journal: entries that are only added, and how far each reader has come."""

from django.db import models


class Entry(models.Model):
    """One thing that happened; a trigger refuses every change but numbering and erasure."""

    arrival = models.BigAutoField(primary_key=True)
    id = models.UUIDField(unique=True)
    number = models.BigIntegerField(null=True, unique=True)
    kind = models.CharField(max_length=100)
    subject = models.CharField(max_length=200)
    actor_kind = models.CharField(max_length=20)
    actor_account = models.CharField(max_length=200)
    actor_name = models.CharField(max_length=200)
    actor_post = models.CharField(max_length=100)
    at = models.DateTimeField()
    facts = models.JSONField()
    purpose = models.TextField()
    case = models.CharField(max_length=100)
    person = models.CharField(max_length=100)
    blind = models.BinaryField(max_length=32)
    salt = models.BinaryField(max_length=32, null=True)
    private = models.BinaryField(max_length=32)
    commitment = models.BinaryField(max_length=32)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["arrival"], condition=models.Q(number=None), name="entry_unnumbered"
            ),
            models.Index(fields=["subject", "arrival"], name="entry_subject"),
            models.Index(
                fields=["case", "arrival"], condition=~models.Q(case=""), name="entry_case"
            ),
            models.Index(
                fields=["person", "arrival"], condition=~models.Q(person=""), name="entry_person"
            ),
        ]
        verbose_name = "日志"

    def __str__(self) -> str:
        return f"{self.number or '–'} {self.kind} {self.subject}"


class Position(models.Model):
    """How far a subscription has come."""

    subscription = models.CharField(primary_key=True, max_length=100)
    number = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = "订阅进度"

    def __str__(self) -> str:
        return f"{self.subscription} {self.number}"


class Delivery(models.Model):
    """An entry that a subscription could not take yet: it failed, or one before it did.

    `due_at` is when it is tried next. Null after a failure means parked, until somebody retries
    it; null without one means that it waits behind an earlier entry of its subject.
    """

    subscription = models.CharField(max_length=100)
    number = models.BigIntegerField()
    subject = models.CharField(max_length=200)
    attempts = models.IntegerField(default=0)
    due_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    error = models.TextField(default="", blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subscription", "number"], name="delivery_once"),
        ]
        indexes = [
            models.Index(fields=["subscription", "subject", "number"], name="delivery_subject"),
            models.Index(
                fields=["subscription", "due_at"],
                condition=~models.Q(due_at=None),
                name="delivery_due",
            ),
        ]
        verbose_name = "待投递"

    def __str__(self) -> str:
        return f"{self.subscription} {self.number} ({self.attempts})"


class Checkpoint(models.Model):
    """A size of the log that was signed; entries up to it are sealed."""

    size = models.BigIntegerField(primary_key=True)
    root = models.BinaryField(max_length=32)
    sealed_at = models.DateTimeField()
    note = models.TextField()

    class Meta:
        verbose_name = "检查点"

    def __str__(self) -> str:
        return f"{self.size}"
