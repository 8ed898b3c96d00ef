"""The few pages of the house itself: language, resuming after sign-in, the components."""

from django.urls import path

from shuzheng.infrastructure.web.pages.held import discard, resume
from shuzheng.infrastructure.web.pages.language import choose_language
from shuzheng.infrastructure.web.pages.showcase import (
    components,
    desk_components,
    form_components,
    save_nothing,
)
from shuzheng.infrastructure.web.pages.statements import accessibility, legal, open_source

app_name = "web"
urlpatterns = [
    path("language/", choose_language, name="language"),
    path("resume/", resume, name="resume"),
    path("resume/discard/", discard, name="discard"),
    path("accessibility/", accessibility, name="accessibility"),
    path("legal/", legal, name="legal"),
    path("open-source/", open_source, name="open_source"),
    path("components/", components, name="components"),
    path("components/desk/", desk_components, name="components_desk"),
    path("components/form/", form_components, name="components_form"),
    path("components/form/save/", save_nothing, name="components_save"),
]
