"""What is kept and what may be sent to review, in several windows and by several people."""

import pytest

from shuzheng.support.decisions.models import DecisionDraft
from shuzheng.support.decisions.operations import (
    publish_draft,
    renew_draft,
    review_draft,
    save_draft,
    send_to_review,
)
from shuzheng.support.decisions.queries import get_decision, get_draft, list_open_drafts
from shuzheng.support.decisions.rules import (
    Case,
    ChangeNeedsReasons,
    DraftChangesNothing,
    DraftInOtherState,
    DraftNotOutdated,
    DraftSavedMeanwhile,
    DraftTooLarge,
    DraftUnknown,
    DraftUnsound,
    VersionOutdated,
    VersionUnknown,
    read_model,
    write_cases,
)
from shuzheng.support.decisions.rules.entries import DRAFT_DECISION
from tests.support.decisions.drafts.conftest import (
    SMALL,
    kinds,
    model,
    publish_in_content,
    save,
    send,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("more", "refusal", "words"),
    [
        ({"bound": 40}, DraftUnsound, "用例“五十平方米是小的”：应得 small，实得 large"),
        ({"bound": "<"}, DraftUnsound, "有 1 处问题，还不能送审：decision：第 1 条规则"),
        ({"cases": "- {given: {area: 5}}"}, DraftUnsound, "用例不能读取：第 1 例缺少 name"),
        ({"bound": 50}, DraftChangesNothing, "与“面积”的现行版本相同"),
        ({"reasons": " "}, ChangeNeedsReasons, "应当说明修改理由"),
    ],
)
def test_what_could_not_be_published_is_kept_but_not_sent(area, drafter, at, more, refusal, words):
    draft = save(area, drafter, at, **more)
    with pytest.raises(refusal, match=words):
        send_to_review(draft=draft, by=drafter, at=at)
    found = get_draft(draft)
    assert (found.row.state, found.row.revision) == ("drafting", 1)
    assert found.xml == model(more.get("bound", 60))
    assert found.cases_text == more.get("cases", write_cases((SMALL,)))
    assert kinds() == ["decision.published", "decision.draft_saved"]


def test_a_draft_is_mended_until_it_can_be_sent(area, drafter, at):
    draft = save(area, drafter, at, bound="<", cases="- {", reasons="")
    assert save(area, drafter, at, draft=draft, revision=1) == draft
    send_to_review(draft=draft, by=drafter, at=at)
    assert (get_draft(draft).row.state, get_draft(draft).row.revision) == ("waiting", 2)


def test_only_the_first_problems_are_said_with_their_number(area, drafter, at):
    cases = tuple(
        Case(name=f"例{number}", given={"area": 1}, expect="large") for number in range(5)
    )
    draft = save(area, drafter, at, cases=cases)
    with pytest.raises(DraftUnsound) as refused:
        send_to_review(draft=draft, by=drafter, at=at)
    assert len(refused.value.problems) == 5
    assert "有 5 处问题" in str(refused.value)
    assert str(refused.value).count("应得 large，实得 small") == 3


def test_two_windows_do_not_overwrite_each_other(area, drafter, at):
    draft = save(area, drafter, at, bound=60)
    save(area, drafter, at, bound=70, draft=draft, revision=1)
    with pytest.raises(DraftSavedMeanwhile, match="第 2 次保存"):
        save(area, drafter, at, bound=80, draft=draft, revision=1)
    assert (get_draft(draft).xml, get_draft(draft).row.revision) == (model(70), 2)


def test_saving_what_waits_takes_it_back(area, draft, drafter, reviewer, at):
    save(area, drafter, at, bound=70, draft=draft)
    assert get_draft(draft).row.state == "drafting"
    with pytest.raises(DraftInOtherState, match="起草中"):
        review_draft(draft=draft, verdict="approve", reasons="", by=reviewer, at=at)


def test_two_people_draft_at_the_same_time_and_the_second_carries_over(
    area, drafter, reviewer, publisher, official, at
):
    other = official(DRAFT_DECISION, post="market.second", department="market")
    first = send(area, drafter, at, bound=60)
    second = save(area, other, at, bound="50 + 0")
    assert {each.drafted_by for each in list_open_drafts("area")} == {
        drafter.account,
        other.account,
    }
    with pytest.raises(DraftNotOutdated):
        renew_draft(draft=second, by=other, at=at)
    review_draft(draft=first, verdict="approve", reasons="", by=reviewer, at=at)
    published = publish_draft(draft=first, by=publisher, at=at)
    assert get_draft(second).row.is_outdated
    with pytest.raises(VersionOutdated, match="您的草稿还在"):
        send_to_review(draft=second, by=other, at=at)
    save(area, other, at, bound="55 + 0", draft=second)
    renew_draft(draft=second, by=other, at=at)
    row = get_draft(second).row
    assert (row.base, row.base_number, row.is_outdated, row.revision) == (published, 2, False, 3)
    rules = read_model(get_draft(second).xml).table_of("decision").rules
    assert [rule.inputs for rule in rules] == [("<= 55 + 0",), ("> 55 + 0",)]
    send_to_review(draft=second, by=other, at=at)
    assert kinds()[-2:] == ["decision.draft_renewed", "decision.draft_sent"]


def test_a_draft_begun_on_a_replaced_version_is_kept(area, drafter, at):
    publish_in_content(45, at)
    draft = save(area, drafter, at, bound=60)
    with pytest.raises(VersionOutdated):
        send_to_review(draft=draft, by=drafter, at=at)
    assert get_draft(draft).xml == model(60)
    renew_draft(draft=draft, by=drafter, at=at)
    assert get_draft(draft).row.base == get_decision("area").id


def test_a_draft_has_its_limits_and_its_version(area, drafter, at):
    with pytest.raises(DraftTooLarge, match="用例字数超过上限 100000"):
        save(area, drafter, at, cases="x" * 100_001)
    with pytest.raises(DraftTooLarge):
        save_draft(base=area, xml=b"x" * 5_000_001, cases="", by=drafter, at=at)
    with pytest.raises(VersionUnknown):
        save(0, drafter, at)
    with pytest.raises(DraftUnknown):
        save(area, drafter, at, draft=0)
    assert not DecisionDraft.objects.exists()


def test_examples_alone_may_change(area, drafter, reviewer, publisher, at):
    large = Case(name="五十一平方米是大的", given={"area": 51}, expect="large")
    draft = send(area, drafter, at, bound=50, cases=(SMALL, large))
    review_draft(draft=draft, verdict="approve", reasons="", by=reviewer, at=at)
    publish_draft(draft=draft, by=publisher, at=at)
    assert (get_decision("area").number, get_decision("area").cases) == (2, (SMALL, large))
