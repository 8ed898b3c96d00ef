"""Every page of the house, room by room."""

from django.urls import URLPattern, URLResolver, include, path

handler400 = "shuzheng.infrastructure.web.pages.errors.bad_request"
handler403 = "shuzheng.infrastructure.web.pages.errors.not_permitted"
handler404 = "shuzheng.infrastructure.web.pages.errors.not_found"
handler500 = "shuzheng.infrastructure.web.pages.errors.failure"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("shuzheng.infrastructure.web.pages")),
    path("", include("shuzheng.institutions.areas.pages")),
    path("", include("shuzheng.institutions.laws.pages")),
    path("", include("shuzheng.data.collection.pages")),
    path("", include("shuzheng.data.registers.pages")),
    path("", include("shuzheng.support.cases.pages")),
    path("", include("shuzheng.support.decisions.pages")),
    path("", include("shuzheng.support.identity.pages")),
    path("", include("shuzheng.support.licences.pages")),
    path("", include("shuzheng.support.seals.pages")),
    path("", include("shuzheng.support.messages.pages")),
    path("", include("shuzheng.support.workflow.pages")),
    path("", include("shuzheng.applications.desk.pages")),
    path("", include("shuzheng.applications.hall.pages")),
]
