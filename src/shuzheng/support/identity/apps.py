from django.apps import AppConfig


class IdentityConfig(AppConfig):
    name = "shuzheng.support.identity"
    label = "identity"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "可信身份认证"
