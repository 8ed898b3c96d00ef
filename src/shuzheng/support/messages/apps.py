from django.apps import AppConfig


class MessagesConfig(AppConfig):
    name = "shuzheng.support.messages"
    label = "messages"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "消息"
