"""The hall's addresses."""

from django.urls import path

from shuzheng.applications.hall.pages import (
    applying,
    files,
    following,
    form,
    guide,
    hearings,
    mine,
    public_hearings,
    recusal,
)

app_name = "hall"
urlpatterns = [
    path("", guide.home, name="home"),
    path("search/", guide.search, name="search"),
    path("matters/", guide.everything, name="matters"),
    path("guide/<slug:key>/", guide.show, name="guide"),
    path("decisions/", guide.published, name="decisions"),
    path("hearings/", public_hearings.hearings, name="hearings"),
    path("hearings/<int:hearing_id>/", public_hearings.hearing, name="hearing"),
    path("hearings/<int:hearing_id>/join/", public_hearings.join, name="join_hearing"),
    path("hearings/<int:hearing_id>/leave/", public_hearings.leave, name="leave_hearing"),
    path("guide/<slug:key>/start/", applying.start, name="start"),
    path("apply/<str:number>/", applying.overview, name="overview"),
    path("apply/<str:number>/place/", applying.place, name="place"),
    path("apply/<str:number>/questions/", applying.questions, name="questions"),
    path("apply/<str:number>/form/<slug:part>/", form.part, name="form"),
    path("apply/<str:number>/form/<slug:part>/save/", form.save, name="save"),
    path("apply/<str:number>/materials/", files.materials, name="materials"),
    path("apply/<str:number>/materials/<slug:material>/blank/", files.blank, name="blank"),
    path("apply/<str:number>/check/", applying.check, name="check"),
    path("apply/<str:number>/submitted/", applying.submitted, name="submitted"),
    path("my/", mine.overview, name="mine"),
    path("my/cases/<str:number>/", mine.case, name="case"),
    path("my/cases/<str:number>/withdraw/", mine.withdraw, name="withdraw"),
    path("my/cases/<str:number>/to-follow/", following.attach, name="to_follow"),
    path("my/cases/<str:number>/to-follow/deliver/", following.deliver, name="deliver"),
    path("my/cases/<str:number>/recusal/", recusal.ask, name="recusal"),
    path("my/cases/<str:number>/hearing/<str:member>/", hearings.ask, name="ask_hearing"),
    path("my/cases/<str:number>/rate/", mine.rate, name="rate"),
    path("my/cases/<str:number>/files/<slug:material>/<str:sha256>/", files.given, name="file"),
    path("my/licences/<str:code>/", files.licence, name="licence"),
    path("my/documents/<str:code>/", files.document, name="document"),
]
