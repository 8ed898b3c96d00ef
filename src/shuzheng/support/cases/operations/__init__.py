"""The only writers of cases, by subject."""

from shuzheng.support.cases.operations.applying.commitments import (
    draw_blank_commitment,
    make_commitment,
)
from shuzheng.support.cases.operations.applying.drafts import (
    answer_questions,
    choose_premises,
    save_draft,
    start_draft,
)
from shuzheng.support.cases.operations.applying.helping import ApplicantNotFound
from shuzheng.support.cases.operations.applying.papers import attach_file, remove_file
from shuzheng.support.cases.operations.applying.submitting import submit_case
from shuzheng.support.cases.operations.file.looking_back import open_case_at
from shuzheng.support.cases.operations.file.reading import (
    CaseFile,
    GivenFile,
    open_attachment,
    open_case,
    papers_open_to,
    require_readable,
    take_service_request,
)
from shuzheng.support.cases.operations.file.watching import open_flow
from shuzheng.support.cases.operations.handling.consulting import answer_opinion, ask_opinion
from shuzheng.support.cases.operations.handling.handing_over import (
    Row,
    free_claims_of_absent,
    give_back_task,
    hand_over_tasks,
    reassign_task,
    take_over_task,
)
from shuzheng.support.cases.operations.handling.recusal import (
    ask_own_recusal,
    ask_recusal,
    decide_recusal,
)
from shuzheng.support.cases.operations.handling.refused import refuse_service, retry_services
from shuzheng.support.cases.operations.handling.reminding import remind_near
from shuzheng.support.cases.operations.handling.tasks import (
    claim_task,
    escalate_overdue,
    release_task,
)
from shuzheng.support.cases.operations.handling.two_persons import confirm_visit
from shuzheng.support.cases.operations.handling.vacancies import raise_vacant
from shuzheng.support.cases.operations.handling.working import complete_task
from shuzheng.support.cases.operations.migrating.batches import leave_behind, migrate_batch
from shuzheng.support.cases.operations.migrating.opening import (
    Published,
    open_migration,
    place_case,
    publish_and_migrate,
    retry_migration,
)
from shuzheng.support.cases.operations.procedure.announcing import announce_hearing
from shuzheng.support.cases.operations.procedure.committing import (
    lift_commitment_bar,
    record_commitment_check,
    revoke_grant,
)
from shuzheng.support.cases.operations.procedure.endings import (
    rate_case,
    receive_hand_over,
    withdraw_case,
)
from shuzheng.support.cases.operations.procedure.extending import ask_extension, decide_extension
from shuzheng.support.cases.operations.procedure.following import (
    attach_to_follow,
    deliver_to_follow,
    open_overdue_to_follow,
    settle_to_follow,
)
from shuzheng.support.cases.operations.procedure.hearings import (
    ask_hearing,
    record_hearing,
    tell_hearing_right,
)
from shuzheng.support.cases.operations.procedure.joining import (
    Guest,
    join_hearing,
    leave_hearing,
    open_guests,
)
from shuzheng.support.cases.operations.procedure.ordering import (
    decide_hearing_order,
    order_hearing,
)
from shuzheng.support.cases.operations.procedure.receiving import (
    accept_case,
    ask_correction,
    decline_case,
    submit_correction,
)
from shuzheng.support.cases.operations.procedure.recounting import recount_due_dates
from shuzheng.support.cases.operations.procedure.remedies import record_remedy, record_remedy_result
from shuzheng.support.cases.operations.procedure.rulings import (
    review_matter,
    rule_matter,
    set_aside_decision,
)
from shuzheng.support.cases.operations.procedure.several import claim_tasks, review_matters
from shuzheng.support.cases.operations.procedure.suspending import resume_clock, suspend_clock
from shuzheng.support.cases.operations.procedure.visits import plan_visit, record_visit
from shuzheng.support.cases.operations.running.carrying import Answer, carry_messages, send_message
from shuzheng.support.cases.operations.running.firing import fire_timers
from shuzheng.support.cases.operations.running.noticing import notice_entry
from shuzheng.support.cases.operations.running.services import complete_service, fail_service
from shuzheng.support.cases.operations.running.timing import fire_starts

__all__ = [
    "Answer",
    "ApplicantNotFound",
    "CaseFile",
    "GivenFile",
    "Guest",
    "Published",
    "Row",
    "accept_case",
    "announce_hearing",
    "answer_opinion",
    "answer_questions",
    "ask_correction",
    "ask_extension",
    "ask_hearing",
    "ask_opinion",
    "ask_own_recusal",
    "ask_recusal",
    "attach_file",
    "attach_to_follow",
    "carry_messages",
    "choose_premises",
    "claim_task",
    "claim_tasks",
    "complete_service",
    "complete_task",
    "confirm_visit",
    "decide_extension",
    "decide_hearing_order",
    "decide_recusal",
    "decline_case",
    "deliver_to_follow",
    "draw_blank_commitment",
    "escalate_overdue",
    "fail_service",
    "fire_starts",
    "fire_timers",
    "free_claims_of_absent",
    "give_back_task",
    "hand_over_tasks",
    "join_hearing",
    "leave_behind",
    "leave_hearing",
    "lift_commitment_bar",
    "make_commitment",
    "migrate_batch",
    "notice_entry",
    "open_attachment",
    "open_case",
    "open_case_at",
    "open_flow",
    "open_guests",
    "open_migration",
    "open_overdue_to_follow",
    "order_hearing",
    "papers_open_to",
    "place_case",
    "plan_visit",
    "publish_and_migrate",
    "raise_vacant",
    "rate_case",
    "reassign_task",
    "receive_hand_over",
    "record_commitment_check",
    "record_hearing",
    "record_remedy",
    "record_remedy_result",
    "record_visit",
    "recount_due_dates",
    "refuse_service",
    "release_task",
    "remind_near",
    "remove_file",
    "require_readable",
    "resume_clock",
    "retry_migration",
    "retry_services",
    "review_matter",
    "review_matters",
    "revoke_grant",
    "rule_matter",
    "save_draft",
    "send_message",
    "set_aside_decision",
    "settle_to_follow",
    "start_draft",
    "submit_case",
    "submit_correction",
    "suspend_clock",
    "take_over_task",
    "take_service_request",
    "tell_hearing_right",
    "withdraw_case",
]
