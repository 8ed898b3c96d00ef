"""The rules in the open, tried by anyone; and why a single decision came out as it did."""

from django.urls import path

from shuzheng.support.decisions.pages.drafts import move_on, publish, review, show_draft
from shuzheng.support.decisions.pages.editing import (
    check_decision,
    draw_decision,
    edit_decision,
)
from shuzheng.support.decisions.pages.library import (
    find_version,
    show_decision,
    show_index,
    show_model,
    show_version,
)
from shuzheng.support.decisions.pages.pictures import show_drawing, show_drawing_of_draft
from shuzheng.support.decisions.pages.runs import show_run

app_name = "decisions"
urlpatterns = [
    path("desk/decisions/", show_index, name="index"),
    path("desk/decisions/runs/<int:run>/", show_run, name="run"),
    path("desk/decisions/drafts/<int:draft>/", show_draft, name="draft"),
    path(
        "desk/decisions/drafts/<int:draft>/drawing.dmn",
        show_drawing_of_draft,
        name="draft_drawing",
    ),
    path("desk/decisions/drafts/<int:draft>/review/", review, name="review"),
    path("desk/decisions/drafts/<int:draft>/act/", move_on, name="move_on"),
    path("desk/decisions/drafts/<int:draft>/publish/", publish, name="publish"),
    path("desk/decisions/<str:key>/", show_decision, name="decision"),
    path("desk/decisions/<str:key>/edit/", edit_decision, name="edit"),
    path("desk/decisions/<str:key>/draw/", draw_decision, name="draw"),
    path("desk/decisions/<str:key>/check/", check_decision, name="check"),
    path("desk/decisions/<str:key>/on/", find_version, name="on"),
    path("desk/decisions/<str:key>/<int:number>/drawing.dmn", show_drawing, name="drawing"),
    path("desk/decisions/<str:key>/<int:number>/model.dmn", show_model, name="model"),
    path("desk/decisions/<str:key>/<int:number>/", show_version, name="version"),
]
