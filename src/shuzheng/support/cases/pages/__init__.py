"""Flows at work: which there are, how many cases run under each, how they really go."""

from django.urls import path

from shuzheng.support.cases.pages.flows import index

app_name = "flow_work"
urlpatterns = [
    path("desk/flows/", index, name="index"),
]
