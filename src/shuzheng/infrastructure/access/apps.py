from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "shuzheng.infrastructure.access"
    label = "access"
