"""Flows in the open, changed in the browser by one person and published by another."""

from django.urls import path

from shuzheng.support.workflow.pages.designing import check, design, save, tidy
from shuzheng.support.workflow.pages.drafts import (
    drop,
    new,
    review,
    send,
    show_draft,
    show_drawing,
    start,
)
from shuzheng.support.workflow.pages.library import show_flow, show_picture, show_version

app_name = "flows"
urlpatterns = [
    path("desk/flows/new/", new, name="new"),
    path("desk/flows/pictures/<int:version>.bpmn", show_picture, name="picture"),
    path("desk/flows/drafts/<int:draft>/", show_draft, name="draft"),
    path("desk/flows/drafts/<int:draft>/drawing.bpmn", show_drawing, name="draft_drawing"),
    path("desk/flows/drafts/<int:draft>/design/", design, name="design"),
    path("desk/flows/drafts/<int:draft>/check/", check, name="check"),
    path("desk/flows/drafts/<int:draft>/tidy/", tidy, name="tidy"),
    path("desk/flows/drafts/<int:draft>/save/", save, name="save"),
    path("desk/flows/drafts/<int:draft>/send/", send, name="send"),
    path("desk/flows/drafts/<int:draft>/review/", review, name="review"),
    path("desk/flows/drafts/<int:draft>/drop/", drop, name="drop"),
    path("desk/flows/<str:key>/", show_flow, name="flow"),
    path("desk/flows/<str:key>/draft/", start, name="start"),
    path("desk/flows/<str:key>/<int:number>/", show_version, name="version"),
]
