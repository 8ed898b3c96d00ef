from django.apps import AppConfig


class RegistersConfig(AppConfig):
    name = "shuzheng.data.registers"
    label = "registers"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "基础数据库"
