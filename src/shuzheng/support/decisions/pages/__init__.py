"""The rules in the open, tried by anyone; and why a single decision came out as it did."""

from django.urls import path

from shuzheng.support.decisions.pages.editing import edit_decision
from shuzheng.support.decisions.pages.library import show_decision, show_index, show_version
from shuzheng.support.decisions.pages.runs import show_run

app_name = "decisions"
urlpatterns = [
    path("desk/decisions/", show_index, name="index"),
    path("desk/decisions/runs/<int:run>/", show_run, name="run"),
    path("desk/decisions/<str:key>/", show_decision, name="decision"),
    path("desk/decisions/<str:key>/edit/", edit_decision, name="edit"),
    path("desk/decisions/<str:key>/<int:number>/", show_version, name="version"),
]
