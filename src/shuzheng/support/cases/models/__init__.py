from shuzheng.support.cases.models.case import Attachment, Case
from shuzheng.support.cases.models.clocks import Clock, Suspension
from shuzheng.support.cases.models.flow import FlowMessage, FlowStep, TimerStart, Wait
from shuzheng.support.cases.models.hearings import Hearing, HearingGuest, HearingOrder
from shuzheng.support.cases.models.migrations import FlowMigration, MigratingCase
from shuzheng.support.cases.models.outcomes import (
    Correction,
    HandOver,
    Rating,
    Ruling,
    Visit,
    VisitPlan,
)
from shuzheng.support.cases.models.procedure import (
    CommitmentBar,
    CommitmentCheck,
    Extension,
    Remedy,
    ToFollow,
)
from shuzheng.support.cases.models.together import (
    Consultation,
    OpinionTemplate,
    Recusal,
    Reminder,
)
from shuzheng.support.cases.models.work import ServiceRequest, Task, Timer

__all__ = [
    "Attachment",
    "Case",
    "Clock",
    "CommitmentBar",
    "CommitmentCheck",
    "Consultation",
    "Correction",
    "Extension",
    "FlowMessage",
    "FlowMigration",
    "FlowStep",
    "HandOver",
    "Hearing",
    "HearingGuest",
    "HearingOrder",
    "MigratingCase",
    "OpinionTemplate",
    "Rating",
    "Recusal",
    "Remedy",
    "Reminder",
    "Ruling",
    "ServiceRequest",
    "Suspension",
    "Task",
    "Timer",
    "TimerStart",
    "ToFollow",
    "Visit",
    "VisitPlan",
    "Wait",
]
