from django.apps import AppConfig


class CityConfig(AppConfig):
    name = "shuzheng.institutions.city"
    label = "city"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "城市"
