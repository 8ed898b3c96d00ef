"""What is known of each stored content; the bytes are in files, named by their hash."""

from django.db import models
from django.db.models.functions import Now


class File(models.Model):
    """One content, kept once however often it comes."""

    sha256 = models.CharField(primary_key=True, max_length=64)
    size = models.BigIntegerField()
    media_type = models.CharField(max_length=100)
    filename = models.CharField(max_length=200, blank=True)
    stored_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = "文件"

    def __str__(self) -> str:
        return f"{self.sha256[:12]} {self.media_type}"
