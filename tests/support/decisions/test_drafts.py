"""A rule changes by two pairs of eyes: drafted, reviewed by another, then published."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from shuzheng.infrastructure.access.rules import VISITOR, PostLacksPermission, system
from shuzheng.infrastructure.journal.models import Entry
from shuzheng.support.decisions.models import DecisionDraft
from shuzheng.support.decisions.operations import (
    decide,
    draft_decision,
    publish_decision,
    publish_draft,
    review_draft,
)
from shuzheng.support.decisions.queries import (
    get_decision,
    get_draft,
    get_draft_of_version,
    get_version,
    list_open_drafts,
)
from shuzheng.support.decisions.rules import (
    Case,
    DraftBelongsToAnother,
    DraftChangesNothing,
    DrafterMayNotReview,
    DraftInOtherState,
    DraftUnknown,
    DraftUnsound,
    ReasonsMissing,
    SendingBackNeedsReasons,
    VersionOutdated,
)
from shuzheng.support.decisions.rules.entries import (
    DRAFT_DECISION,
    PUBLISH_DECISION,
    REVIEW_DECISION,
)
from tests.support.decisions.models_of_rules import table_model

pytestmark = pytest.mark.django_db
SMALL = Case(name="五十平方米是小的", given={"area": 50}, expect="small")


def model(bound):
    rules = ((f"<= {bound}", '"small"'), (f"> {bound}", '"large"'))
    return table_model(("area",), rules, types=("number",))


@pytest.fixture
def area(at):
    return publish_decision(
        key="area", title="面积", xml=model(50), cases=(SMALL,), by=system("tests"), at=at
    )


@pytest.fixture
def drafter(official):
    return official(DRAFT_DECISION, REVIEW_DECISION, post="market.reviewer")


@pytest.fixture
def reviewer(official):
    return official(REVIEW_DECISION, post="market.chief")


@pytest.fixture
def publisher(official):
    return official(PUBLISH_DECISION, post="data.administrator")


@pytest.fixture
def draft(area, drafter, at):
    return send(area, drafter, at)


def send(base, by, at, *, bound=60, cases=(SMALL,), reasons="面积标准调整", **more):
    return draft_decision(
        base=base, xml=model(bound), cases=cases, reasons=reasons, by=by, at=at, **more
    )


def kinds():
    return list(Entry.objects.filter(subject="decision:area").values_list("kind", flat=True))


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
        "decision.drafted",
        "decision.reviewed",
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
            send(area, actor, at)
    for actor in (official(), citizen, VISITOR, publisher):
        with pytest.raises(PostLacksPermission):
            review_draft(draft=draft, verdict="approve", reasons="", by=actor, at=at)
    review_draft(draft=draft, verdict="approve", reasons="", by=reviewer, at=at)
    for actor in (official(), citizen, VISITOR, reviewer):
        with pytest.raises(PostLacksPermission):
            publish_draft(draft=draft, by=actor, at=at)
    assert get_decision("area").number == 1
    assert kinds() == ["decision.published", "decision.drafted", "decision.reviewed"]


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
    other = official(DRAFT_DECISION, post="fire.reviewer")
    with pytest.raises(DraftBelongsToAnother):
        send(area, other, at, bound=80, draft=draft)
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
    with pytest.raises(VersionOutdated):
        send(area, drafter, at, bound=90)
    review_draft(draft=third, verdict="send_back", reasons="已有新版", by=reviewer, at=at)
    assert get_decision("area").number == 2


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"bound": 40}, DraftUnsound),
        ({"bound": "<"}, DraftUnsound),
        ({"bound": 50}, DraftChangesNothing),
        ({"reasons": " "}, ReasonsMissing),
        ({"draft": 0}, DraftUnknown),
    ],
)
def test_what_could_not_be_published_is_not_drafted(area, drafter, at, more, refusal):
    with pytest.raises(refusal):
        send(area, drafter, at, **more)
    assert not DecisionDraft.objects.exists()
    assert kinds() == ["decision.published"]


def test_examples_alone_may_change(area, drafter, reviewer, publisher, at):
    large = Case(name="五十一平方米是大的", given={"area": 51}, expect="large")
    draft = send(area, drafter, at, bound=50, cases=(SMALL, large))
    review_draft(draft=draft, verdict="approve", reasons="", by=reviewer, at=at)
    publish_draft(draft=draft, by=publisher, at=at)
    assert (get_decision("area").number, get_decision("area").cases) == (2, (SMALL, large))


def test_a_draft_that_is_not_there_is_refused(area, reviewer, publisher, at):
    with pytest.raises(DraftUnknown):
        review_draft(draft=0, verdict="approve", reasons="", by=reviewer, at=at)
    with pytest.raises(DraftUnknown):
        publish_draft(draft=0, by=publisher, at=at)
    with pytest.raises(DraftUnknown):
        get_draft(0)
