from django.apps import AppConfig


class MattersConfig(AppConfig):
    name = "shuzheng.support.matters"
    label = "matters"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "事项库"
