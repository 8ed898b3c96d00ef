from datetime import timedelta

import pytest

from shuzheng.infrastructure.access.rules import VISITOR, PostLacksPermission, system
from shuzheng.infrastructure.journal.models import Entry
from shuzheng.support.decisions.models import DecisionRun, DecisionVersion
from shuzheng.support.decisions.operations import (
    decide,
    open_run,
    publish_decision,
    set_aside,
    withdraw_decision,
)
from shuzheng.support.decisions.queries import (
    get_decision,
    get_decision_on,
    get_model_text,
    get_run,
    get_version,
    list_decisions,
    list_runs_of_case,
    list_runs_of_decision,
    list_versions,
    replay_run,
)
from shuzheng.support.decisions.rules import (
    InputMissing,
    InputOfWrongType,
    ModelInvalid,
    NoRuleMatches,
    Publication,
    ReasonsMissing,
    RulesConflict,
    RunSetAsideAlready,
    RunUnknown,
    VersionUnknown,
    VisitorMayNotDecide,
)
from shuzheng.support.decisions.rules.entries import (
    PUBLISH_DECISION,
    SEE_DECISIONS,
    SET_ASIDE_DECISION,
)
from tests.support.decisions.models_of_rules import table_model

pytestmark = pytest.mark.django_db

LAW = "《衢州市城市市容和环境卫生管理条例》第三十四条"
CASE = "QZ-2026-000123"
AREA = table_model(
    ("area", "flue"),
    (("<= 50", "-", '"small"'), ("(50..1000]", "true", '"large"'), ("> 900", "true", '"huge"')),
    types=("number", "boolean"),
    laws=("甲法第一条", LAW, "乙法第二条"),
)


@pytest.fixture
def area(at):
    """Publish the decision."""
    return publish_decision(
        Publication(key="area", title="面积", xml=AREA), by=system("tests"), at=at
    )


def test_a_run_keeps_inputs_rule_clause_output_and_version(area, citizen, at):
    given = {"area": 80, "flue": True, "phone": "13800000000"}
    run = decide(decision="area", inputs=given, case=CASE, by=citizen, at=at)
    assert (run.value, run.output, run.version, run.case) == ("large", "large", 1, CASE)
    assert run.inputs == {"area": 80, "flue": True}
    assert [(rule.number, rule.rule_id, rule.clause) for rule in run.matched] == [
        (2, "rule-2", LAW)
    ]
    assert list_runs_of_case(CASE) == (run,) == list_runs_of_decision("area")
    entry = Entry.objects.get(kind="decision.made")
    assert (entry.case, entry.facts["rules"], entry.facts["value"]) == (
        CASE,
        ["decision#2"],
        "large",
    )


def test_a_visitor_has_nothing_decided(area, at):
    with pytest.raises(VisitorMayNotDecide):
        decide(decision="area", inputs={"area": 1, "flue": True}, by=VISITOR, at=at)
    assert not DecisionRun.objects.exists()


@pytest.mark.parametrize(
    ("inputs", "refusal", "words"),
    [
        ({"area": 10}, InputMissing, "缺少输入“flue”"),
        ({"area": "ten", "flue": True}, InputOfWrongType, "应为 number，实际是 string"),
        ({"area": 80, "flue": False}, NoRuleMatches, "没有任何规则适用"),
        ({"area": 950, "flue": True}, RulesConflict, "第 2、3 条"),
    ],
)
def test_what_cannot_be_decided_is_refused_and_leaves_nothing(
    area, citizen, at, inputs, refusal, words
):
    with pytest.raises(refusal, match=words):
        decide(decision="area", inputs=inputs, by=citizen, at=at)
    assert not DecisionRun.objects.exists()
    assert not Entry.objects.filter(kind="decision.made").exists()


def test_an_optional_input_may_be_absent(citizen, at):
    publish_decision(
        Publication(key="area", title="面积", xml=AREA, optional=("flue",)),
        by=system("tests"),
        at=at,
    )
    run = decide(decision="area", inputs={"area": 10}, by=citizen, at=at)
    assert (run.value, run.inputs) == ("small", {"area": 10, "flue": None})


def test_an_unknown_decision_is_refused(citizen, at):
    with pytest.raises(VersionUnknown):
        decide(decision="nothing", inputs={}, by=citizen, at=at)


def test_a_person_sets_a_run_aside_with_reasons(area, citizen, official, at):
    run = decide(decision="area", inputs={"area": 80, "flue": True}, case=CASE, by=citizen, at=at)
    chief = official(SET_ASIDE_DECISION, post="market.chief")
    later = at + timedelta(hours=1)
    changed = set_aside(run=run.id, value="small", reasons=" 现场核查 ", by=chief, at=later)
    assert (changed.value, changed.output) == ("small", "large")
    assert (changed.set_aside.reasons, changed.set_aside.post) == ("现场核查", "market.chief")
    assert changed.set_aside.at == later
    entry = Entry.objects.get(kind="decision.set_aside")
    assert (entry.facts["before"], entry.facts["value"]) == ("large", "small")
    with pytest.raises(RunSetAsideAlready):
        set_aside(run=run.id, value="huge", reasons="再改", by=chief, at=later)
    assert get_run(run.id) == changed


def test_only_a_post_that_may_sets_aside_and_only_with_reasons(area, citizen, official, at):
    run = decide(decision="area", inputs={"area": 80, "flue": True}, by=citizen, at=at)
    with pytest.raises(PostLacksPermission):
        set_aside(run=run.id, value="small", reasons="理由", by=official(), at=at)
    with pytest.raises(ReasonsMissing):
        set_aside(run=run.id, value="x", reasons="  ", by=official(SET_ASIDE_DECISION), at=at)
    with pytest.raises(RunUnknown):
        set_aside(run=0, value="x", reasons="理由", by=official(SET_ASIDE_DECISION), at=at)
    assert get_run(run.id).set_aside is None


def test_a_new_version_leaves_earlier_runs_as_they_were(area, citizen, at):
    run = decide(decision="area", inputs={"area": 80, "flue": True}, case=CASE, by=citizen, at=at)
    later = at + timedelta(days=1)
    changed = table_model(("area", "flue"), (("-", "-", '"any"'),))
    publish_decision(
        Publication(key="area", title="面积", xml=changed), by=system("tests"), at=later
    )
    second = decide(decision="area", inputs={"area": 80, "flue": 1}, by=citizen, at=later)
    assert (second.value, second.version) == ("any", 2)
    assert (get_run(run.id).value, get_run(run.id).version) == ("large", 1)
    assert replay_run(run.id).value == "large"
    assert get_decision_on("area", at=at).number == 1
    assert get_decision("area").number == 2
    assert [row.is_in_force for row in list_decisions()] == [True, False]


def test_publishing_the_same_again_makes_no_version(area, at):
    later = at + timedelta(days=1)
    again = publish_decision(
        Publication(key="area", title="面积", xml=AREA), by=system("tests"), at=later
    )
    assert again == area
    assert DecisionVersion.objects.get().published_at == at
    assert get_model_text(area) == AREA


def test_a_version_is_never_changed_not_even_its_title(area, at):
    later = at + timedelta(days=1)
    renamed = publish_decision(
        Publication(key="area", title="面积（改名）", xml=AREA), by=system("t"), at=later
    )
    assert [(each.number, each.title) for each in list_versions("area")] == [
        (2, "面积（改名）"),
        (1, "面积"),
    ]
    assert (get_decision("area").id, get_version(area).title) == (renamed, "面积")


def test_a_broken_model_is_not_published(area, at):
    broken = table_model(("area",), (("< <", '"x"'),))
    with pytest.raises(ModelInvalid, match="第 1 条规则"):
        publish_decision(
            Publication(key="area", title="面积", xml=broken), by=system("tests"), at=at
        )
    assert get_decision("area").id == area


def test_only_a_post_that_may_publishes_and_withdraws(area, official, at):
    with pytest.raises(PostLacksPermission):
        publish_decision(Publication(key="area", title="面积", xml=AREA), by=official(), at=at)
    with pytest.raises(PostLacksPermission):
        withdraw_decision(key="area", by=official(), at=at)
    assert get_decision("area").id == area


def test_a_withdrawn_decision_decides_no_more(area, citizen, official, at):
    withdraw_decision(key="area", by=official(PUBLISH_DECISION), at=at + timedelta(days=1))
    with pytest.raises(VersionUnknown):
        decide(decision="area", inputs={"area": 1, "flue": True}, by=citizen, at=at)
    assert get_decision_on("area", at=at).id == area
    with pytest.raises(VersionUnknown):
        get_decision_on("area", at=at + timedelta(days=2))


def test_now_is_the_citys_day(citizen, at):
    xml = table_model(("day",), (("= today()", '"today"'),), types=("date",))
    publish_decision(Publication(key="day", title="日", xml=xml), by=system("tests"), at=at)
    evening = at.replace(hour=20)
    run = decide(
        decision="day",
        inputs={"day": (evening + timedelta(hours=8)).date()},
        by=citizen,
        at=evening,
    )
    assert run.value == "today"


def test_only_who_may_see_decisions_opens_a_run_and_the_look_is_noted(area, citizen, official, at):
    run = decide(decision="area", inputs={"area": 20, "flue": True}, case=CASE, by=citizen, at=at)
    for actor in (official(), citizen, VISITOR):
        with pytest.raises(PostLacksPermission):
            open_run(run=run.id, by=actor, at=at)
    assert not Entry.objects.filter(kind="decision.read").exists()
    assert open_run(run=run.id, by=official(SEE_DECISIONS), at=at) == run
    entry = Entry.objects.get(kind="decision.read")
    assert (entry.case, entry.purpose, entry.facts["run"]) == (CASE, "查看决策理由", run.id)
    with pytest.raises(RunUnknown):
        open_run(run=0, by=official(SEE_DECISIONS), at=at)


def test_publishing_and_withdrawing_leave_their_entries(area, at):
    withdraw_decision(key="area", by=system("tests"), at=at)
    withdraw_decision(key="area", by=system("tests"), at=at)
    kinds = Entry.objects.filter(subject="decision:area").values_list("kind", flat=True)
    assert list(kinds) == ["decision.published", "decision.withdrawn"]
