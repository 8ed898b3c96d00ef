"""The desk's addresses."""

from django.urls import path

from shuzheng.applications.desk.pages import (
    audit,
    case,
    extending,
    flow,
    following,
    helping,
    inbox,
    together,
    work,
)

app_name = "desk"
urlpatterns = [
    *together.urlpatterns,
    path("desk/", inbox.inbox, name="inbox"),
    path("desk/cases/", inbox.cases_list, name="cases"),
    path("desk/hand-overs/", inbox.hand_overs, name="hand_overs"),
    path("desk/hand-overs/<str:number>/receive/", inbox.receive_hand_over, name="receive"),
    path("desk/help/", helping.help_applicant, name="help"),
    path("desk/tasks/<int:task_id>/", work.task, name="task"),
    path("desk/tasks/<int:task_id>/claim/", work.claim, name="claim"),
    path("desk/tasks/<int:task_id>/release/", work.release, name="release"),
    path("desk/tasks/<int:task_id>/accept/", work.accept, name="accept"),
    path("desk/tasks/<int:task_id>/correct/", work.correct, name="correct"),
    path("desk/tasks/<int:task_id>/decline/", work.decline, name="decline"),
    path("desk/tasks/<int:task_id>/visit/", work.visit, name="visit"),
    path("desk/tasks/<int:task_id>/review/", work.review, name="review"),
    path("desk/tasks/<int:task_id>/rule/", work.rule, name="rule"),
    path("desk/tasks/<int:task_id>/to-follow/", following.settle, name="to_follow"),
    path("desk/tasks/<int:task_id>/extend/", extending.decide, name="extend"),
    path("desk/cases/<str:number>/ask-extension/", extending.ask, name="ask_extension"),
    path("desk/cases/<str:number>/", case.show, name="case"),
    path("desk/cases/<str:number>/flow/", flow.show, name="flow"),
    path("desk/cases/<str:number>/suspend/", case.suspend, name="suspend"),
    path("desk/cases/<str:number>/retry/", case.retry, name="retry"),
    path("desk/cases/<str:number>/resume/", case.resume, name="resume"),
    path("desk/cases/<str:number>/set-aside/", case.set_aside, name="set_aside"),
    path("desk/cases/<str:number>/files/<slug:material>/<str:sha256>/", case.given, name="file"),
    path("desk/cases/<str:number>/documents/<str:code>/", case.document, name="document"),
    path("desk/cases/<str:number>/journal/", audit.journal_of_case, name="journal"),
    path("desk/cases/<str:number>/proof/", audit.proof_of_case, name="proof"),
]
