"""A rule changes by two pairs of eyes: drafted, reviewed by another, then published."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from shuzheng.infrastructure.access.rules import VISITOR, PostLacksPermission, system
from shuzheng.infrastructure.journal.models import Entry
from shuzheng.support.decisions.models import DecisionDraft
from shuzheng.support.decisions.operations import (
    decide,
    drop_draft,
    publish_decision,
    publish_draft,
    renew_draft,
    review_draft,
    send_to_review,
)
from shuzheng.support.decisions.queries import (
    get_decision,
    get_draft,
    get_draft_of_version,
    get_version,
    list_open_drafts,
)
from shuzheng.support.decisions.rules import (
    DecisionOfOtherDepartment,
    DraftBelongsToAnother,
    DrafterMayNotReview,
    DraftInOtherState,
    DraftUnknown,
    Publication,
    SendingBackNeedsReasons,
    VersionOutdated,
)
from shuzheng.support.decisions.rules.entries import DRAFT_DECISION, REVIEW_DECISION
from tests.support.decisions.drafts.conftest import kinds, model, publish_in_content, save, send

pytestmark = pytest.mark.django_db


def test_a_draft_is_reviewed_by_another_and_published(
    area, draft, drafter, reviewer, publisher, citizen, at
):
    assert [(each.id, each.state) for each in list_open_drafts("area")] == [(draft, "waiting")]
    assert get_decision("area").number == 1
    review_draft(draft=draft, verdict="approve", reasons="", by=reviewer, at=at)
    later = at + timedelta(hours=1)
    version = get_version(publish_draft(draft=draft, by=publisher, at=later))
    assert (version.number, get_decision("area").id) == (2, version.id)
    behind = get_draft_of_version(version.id)
    assert (behind.id, behind.drafted_name, behind.reviewed_name) == (
        draft,
        drafter.name,
        reviewer.name,
    )
    run = decide(decision="area", inputs={"area": 55}, by=citizen, at=later)
    assert (run.value, run.version) == ("small", 2)
    assert list_open_drafts("area") == ()
    assert kinds() == [
        "decision.published",
        "decision.draft_saved",
        "decision.draft_sent",
        "decision.draft_reviewed",
        "decision.published",
        "decision.made",
    ]


def test_the_drafter_never_reviews_their_own(draft, drafter, at):
    for verdict in ("approve", "send_back"):
        with pytest.raises(DrafterMayNotReview):
            review_draft(draft=draft, verdict=verdict, reasons="好", by=drafter, at=at)
    assert get_draft(draft).row.state == "waiting"
    with pytest.raises(IntegrityError), transaction.atomic():
        DecisionDraft.objects.filter(id=draft).update(reviewed_by=drafter.account)


def test_only_posts_that_may_draft_review_and_publish(
    area, draft, official, citizen, reviewer, publisher, at
):
    for actor in (official(), citizen, VISITOR, reviewer, publisher):
        with pytest.raises(PostLacksPermission):
            save(area, actor, at)
        for step in (send_to_review, renew_draft, drop_draft):
            with pytest.raises(PostLacksPermission):
                step(draft=draft, by=actor, at=at)
    for actor in (official(), citizen, VISITOR, publisher):
        with pytest.raises(PostLacksPermission):
            review_draft(draft=draft, verdict="approve", reasons="", by=actor, at=at)
    review_draft(draft=draft, verdict="approve", reasons="", by=reviewer, at=at)
    for actor in (official(), citizen, VISITOR, reviewer):
        with pytest.raises(PostLacksPermission):
            publish_draft(draft=draft, by=actor, at=at)
    assert get_decision("area").number == 1
    assert kinds() == [
        "decision.published",
        "decision.draft_saved",
        "decision.draft_sent",
        "decision.draft_reviewed",
    ]


def test_only_the_department_that_owns_a_rule_changes_and_reviews_it(area, draft, official, at):
    other = official(DRAFT_DECISION, REVIEW_DECISION, post="fire.chief", department="fire")
    before = kinds()
    with pytest.raises(DecisionOfOtherDepartment, match="“面积”不归您所在的部门管理"):
        save(area, other, at)
    with pytest.raises(DecisionOfOtherDepartment):
        review_draft(draft=draft, verdict="approve", reasons="", by=other, at=at)
    assert (kinds(), get_draft(draft).row.state) == (before, "waiting")
    nobodys = publish_decision(
        Publication(key="free", title="无主", xml=model(5)), by=system("t"), at=at
    )
    with pytest.raises(DecisionOfOtherDepartment):
        save(nobodys, other, at)


def test_who_has_moved_to_another_department_leaves_the_draft(area, draft, official, at):
    moved = official(
        DRAFT_DECISION, post="fire.chief", department="fire", account="official-market.reviewer"
    )
    for step in (send_to_review, renew_draft, drop_draft):
        with pytest.raises(DecisionOfOtherDepartment):
            step(draft=draft, by=moved, at=at)
    assert get_draft(draft).row.state == "waiting"


def test_a_draft_nobody_approved_is_not_published(draft, publisher, at):
    with pytest.raises(DraftInOtherState):
        publish_draft(draft=draft, by=publisher, at=at)
    assert get_decision("area").number == 1


def test_what_is_sent_back_is_mended_by_its_drafter_and_reviewed_again(
    area, draft, drafter, reviewer, publisher, official, at
):
    with pytest.raises(SendingBackNeedsReasons):
        review_draft(draft=draft, verdict="send_back", reasons=" ", by=reviewer, at=at)
    review_draft(draft=draft, verdict="send_back", reasons="改成 80", by=reviewer, at=at)
    assert (get_draft(draft).row.state, get_draft(draft).row.review) == ("sent_back", "改成 80")
    with pytest.raises(DraftInOtherState):
        publish_draft(draft=draft, by=publisher, at=at)
    other = official(DRAFT_DECISION, post="market.second", department="market")
    for step in (send_to_review, renew_draft, drop_draft):
        with pytest.raises(DraftBelongsToAnother):
            step(draft=draft, by=other, at=at)
    with pytest.raises(DraftBelongsToAnother):
        save(area, other, at, bound=80, draft=draft)
    assert send(area, drafter, at, bound=80, draft=draft) == draft
    assert (get_draft(draft).row.state, get_draft(draft).row.reviewed_at) == ("waiting", None)
    review_draft(draft=draft, verdict="approve", reasons="", by=reviewer, at=at)
    with pytest.raises(DraftInOtherState):
        send(area, drafter, at, bound=90, draft=draft)


def test_a_second_click_publishes_nothing_more(draft, reviewer, publisher, at):
    review_draft(draft=draft, verdict="approve", reasons="", by=reviewer, at=at)
    with pytest.raises(DraftInOtherState):
        review_draft(draft=draft, verdict="send_back", reasons="又想退", by=reviewer, at=at)
    publish_draft(draft=draft, by=publisher, at=at)
    with pytest.raises(DraftInOtherState):
        publish_draft(draft=draft, by=publisher, at=at)
    assert get_decision("area").number == 2


def test_a_draft_of_an_outdated_version_goes_no_further(
    area, draft, drafter, reviewer, publisher, at
):
    second = send(area, drafter, at, bound=70)
    third = send(area, drafter, at, bound=80)
    review_draft(draft=draft, verdict="approve", reasons="", by=reviewer, at=at)
    review_draft(draft=second, verdict="approve", reasons="", by=reviewer, at=at)
    publish_draft(draft=draft, by=publisher, at=at)
    with pytest.raises(VersionOutdated):
        publish_draft(draft=second, by=publisher, at=at)
    with pytest.raises(VersionOutdated):
        review_draft(draft=third, verdict="approve", reasons="", by=reviewer, at=at)
    with pytest.raises(VersionOutdated, match="已发布第 2 版"):
        send(area, drafter, at, bound=90)
    review_draft(draft=third, verdict="send_back", reasons="已有新版", by=reviewer, at=at)
    assert get_decision("area").number == 2


def test_what_was_approved_goes_no_further_when_the_files_were_faster(
    area, draft, reviewer, publisher, at
):
    review_draft(draft=draft, verdict="approve", reasons="", by=reviewer, at=at)
    publish_in_content(45, at)
    with pytest.raises(VersionOutdated):
        publish_draft(draft=draft, by=publisher, at=at)
    assert get_decision("area").number == 2
    assert not Entry.objects.filter(kind="content.edited").exists()


def test_a_draft_given_up_goes_no_further_and_stays(area, draft, drafter, reviewer, at):
    drop_draft(draft=draft, by=drafter, at=at)
    assert list_open_drafts() == ()
    assert get_draft(draft).row.state == "dropped"
    for step in (send_to_review, renew_draft, drop_draft):
        with pytest.raises(DraftInOtherState, match="已放弃"):
            step(draft=draft, by=drafter, at=at)
    with pytest.raises(DraftInOtherState):
        review_draft(draft=draft, verdict="approve", reasons="", by=reviewer, at=at)
    assert kinds()[-1] == "decision.draft_dropped"


def test_entries_name_who_is_to_be_told(area, draft, drafter, reviewer, publisher, at):
    sent = Entry.objects.get(kind="decision.draft_sent")
    assert (sent.facts["drafter"], sent.facts["title"], sent.facts["reviewers"]) == (
        "market.reviewer",
        "面积",
        [],
    )
    review_draft(draft=draft, verdict="approve", reasons="好", by=reviewer, at=at)
    reviewed = Entry.objects.get(kind="decision.draft_reviewed")
    assert (reviewed.facts["verdict"], reviewed.facts["reasons"]) == ("approve", "好")
    publish_draft(draft=draft, by=publisher, at=at)
    published = Entry.objects.get(kind="decision.published", facts__version=2)
    assert (published.facts["drafter"], published.facts["draft"]) == ("market.reviewer", draft)


def test_a_draft_that_is_not_there_is_refused(area, reviewer, publisher, at):
    with pytest.raises(DraftUnknown):
        review_draft(draft=0, verdict="approve", reasons="", by=reviewer, at=at)
    with pytest.raises(DraftUnknown):
        publish_draft(draft=0, by=publisher, at=at)
    with pytest.raises(DraftUnknown):
        get_draft(0)
