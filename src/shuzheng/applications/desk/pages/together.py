"""Addresses of what people do with each other: hand over, stand in, ask, step back."""

from django.urls import path

from shuzheng.applications.desk.pages import (
    acting,
    consulting,
    handing,
    recusal,
    several,
)

urlpatterns = [
    path("desk/colleagues/", handing.colleagues, name="colleagues"),
    path("desk/acting/", acting.acting, name="acting"),
    path("desk/acting/<int:acting_id>/end/", acting.end, name="end_acting"),
    path("desk/colleagues/hand-over/", handing.hand_over, name="hand_over"),
    path("desk/tasks/<int:task_id>/hand/", handing.hand, name="hand"),
    path("desk/tasks/<int:task_id>/hand/take-over/", handing.take_over, name="take_over"),
    path("desk/tasks/<int:task_id>/hand/give-back/", handing.give_back, name="give_back"),
    path("desk/tasks/<int:task_id>/hand/reassign/", handing.reassign, name="reassign"),
    path("desk/cases/<str:number>/ask-opinion/", consulting.ask, name="ask_opinion"),
    path("desk/tasks/<int:task_id>/opinion/", consulting.answer, name="answer_opinion"),
    path("desk/several/", several.several, name="several"),
    path("desk/several/claim/", several.claim, name="claim_several"),
    path("desk/several/review/", several.review, name="review_several"),
    path("desk/recusals/", recusal.recusals, name="recusals"),
    path("desk/recusals/<int:recusal_id>/", recusal.decide, name="decide_recusal"),
    path("desk/cases/<str:number>/recusal/", recusal.ask, name="ask_recusal"),
    path("desk/cases/<str:number>/confirm/", recusal.confirm_visit, name="confirm_visit"),
]
