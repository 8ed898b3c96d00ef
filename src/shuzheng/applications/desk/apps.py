from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "shuzheng.applications.desk"
    label = "desk"
    verbose_name = "工作台"

    def ready(self) -> None:
        from shuzheng.applications.desk.pages.frame import navigation
        from shuzheng.infrastructure.web.operations import use_navigation

        use_navigation(navigation)
