"""Flows at work: which there are, how many cases run under each, how they really go."""

from django.urls import path

from shuzheng.support.cases.pages.flows import index
from shuzheng.support.cases.pages.migrations import (
    place,
    publish,
    retry,
    show_draft_plan,
    show_migration,
    show_plan,
    show_progress,
    start_migration,
)
from shuzheng.support.cases.pages.process_map import hand_out_map, show_map

app_name = "flow_work"
urlpatterns = [
    path("desk/flows/", index, name="index"),
    path("desk/flows/drafts/<int:draft>/plan/", show_draft_plan, name="draft_plan"),
    path("desk/flows/drafts/<int:draft>/publish/", publish, name="publish"),
    path("desk/flows/migrations/<int:migration>/", show_migration, name="migration"),
    path(
        "desk/flows/migrations/<int:migration>/progress/", show_progress, name="migration_progress"
    ),
    path("desk/flows/migrations/<int:migration>/place/", place, name="place"),
    path("desk/flows/migrations/<int:migration>/retry/", retry, name="retry"),
    path("desk/flows/<str:key>/plan/", show_plan, name="plan"),
    path("desk/flows/<str:key>/migrate/", start_migration, name="migrate"),
    path("desk/flows/<str:key>/map/", show_map, name="map"),
    path("desk/flows/<str:key>/map.csv", hand_out_map, name="map_csv"),
]
