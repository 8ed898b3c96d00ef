from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class JournalConfig(AppConfig):
    name = "shuzheng.infrastructure.journal"
    label = "journal"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Import every room's jobs, so that their subscriptions are declared."""
        autodiscover_modules("jobs")
