from django.apps import AppConfig


class CollectionConfig(AppConfig):
    name = "shuzheng.data.collection"
    label = "collection"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "数据归集"
