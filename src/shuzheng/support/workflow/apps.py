"""The room of flows."""

from django.apps import AppConfig


class WorkflowConfig(AppConfig):
    name = "shuzheng.support.workflow"
    label = "workflow"
    verbose_name = "流程引擎"
    default_auto_field = "django.db.models.BigAutoField"
