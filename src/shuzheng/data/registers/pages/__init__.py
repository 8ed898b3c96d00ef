"""Who looked at my data, and the data steward's desk of disputes."""

from django.urls import path

from shuzheng.data.registers.pages import access, steward

app_name = "registers"
urlpatterns = [
    path("my/data-access/", access.show_data_access, name="data-access"),
    path("my/data-access/wrong/", access.show_wrong_value, name="wrong-value"),
    path("my/data-access/<uuid:entry>/", access.show_objection, name="objection"),
    path("data/disputes/", steward.show_disputes, name="disputes"),
    path("data/disputes/<uuid:difference>/", steward.show_difference, name="difference"),
    path("data/objections/<uuid:objection>/", steward.show_answer, name="answer"),
]
