from django.apps import AppConfig


class BackupConfig(AppConfig):
    name = "shuzheng.infrastructure.backup"
    label = "backup"
    default_auto_field = "django.db.models.BigAutoField"
