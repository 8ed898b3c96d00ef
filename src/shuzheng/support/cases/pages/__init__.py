"""Flows at work: which there are, how many cases run under each, how they really go."""

from django.urls import path

from shuzheng.support.cases.pages.flows import index
from shuzheng.support.cases.pages.process_map import hand_out_map, show_map

app_name = "flow_work"
urlpatterns = [
    path("desk/flows/", index, name="index"),
    path("desk/flows/<str:key>/map/", show_map, name="map"),
    path("desk/flows/<str:key>/map.csv", hand_out_map, name="map_csv"),
]
