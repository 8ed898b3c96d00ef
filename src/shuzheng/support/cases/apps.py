from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "shuzheng.support.cases"
    label = "cases"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "办件"
