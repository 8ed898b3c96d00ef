from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "shuzheng.site"
    label = "site"

    def ready(self) -> None:
        """Hand the settings down to the rooms that may not read them."""
        from shuzheng.site.wiring import wire

        wire()
