from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "shuzheng.applications.desk"
    label = "desk"
    verbose_name = "工作台"
