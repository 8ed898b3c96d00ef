import importlib
import importlib.util

from django.apps import AppConfig, apps


class ContentConfig(AppConfig):
    name = "shuzheng.infrastructure.content"
    label = "content"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Import rules and content of every room: permissions are declared, kinds registered."""
        for room in apps.get_app_configs():
            if room.name.startswith("shuzheng.") and room.name != self.name:
                for name in (f"{room.name}.rules", f"{room.name}.content"):
                    if exists(name):
                        importlib.import_module(name)


def exists(module: str) -> bool:
    """Say whether there is such a module, without importing it."""
    return importlib.util.find_spec(module) is not None
