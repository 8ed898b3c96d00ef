"""Any day's rules decide again what was decided, whichever way a version came into force."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from shuzheng.infrastructure.access.rules import system
from shuzheng.support.decisions.operations import (
    decide,
    publish_decision,
    publish_draft,
    review_draft,
    save_draft,
    send_to_review,
    withdraw_decision,
)
from shuzheng.support.decisions.queries import get_decision_on, list_runs_of_case, replay_run
from shuzheng.support.decisions.rules import InputMissing, Publication, VersionUnknown, to_json
from shuzheng.support.decisions.rules.entries import (
    DRAFT_DECISION,
    PUBLISH_DECISION,
    REVIEW_DECISION,
)
from tests.support.decisions.models_of_rules import (
    decision,
    input_data,
    literal,
    model,
    table_model,
)

pytestmark = pytest.mark.django_db
BY = system("tests")
CASE = "QZ-2026-000123"


def bounded(bound):
    rules = ((f"<= {bound}", '"small"'), (f"> {bound}", '"large"'))
    return table_model(("area",), rules, types=("number",))


def publish(xml, at, **more):
    return publish_decision(
        Publication(key="area", title="面积", department="market", xml=xml, **more), by=BY, at=at
    )


@pytest.fixture
def publish_in_browser(official):
    """Draft, review and publish."""

    def run(base, xml, at):
        by = official(DRAFT_DECISION, post="market.reviewer", department="market")
        draft = save_draft(base=base, xml=xml, cases="", reasons="调整", by=by, at=at)
        send_to_review(draft=draft, by=by, at=at)
        chief = official(REVIEW_DECISION, post="market.chief", department="market")
        review_draft(draft=draft, verdict="approve", reasons="", by=chief, at=at)
        administrator = official(PUBLISH_DECISION, post="data.administrator")
        return publish_draft(draft=draft, by=administrator, at=at)

    return run


def test_a_case_is_decided_again_by_the_rules_of_any_day(publish_in_browser, citizen, at):
    days = [at + timedelta(days=each) for each in range(8)]
    first = publish(bounded(50), days[1])
    second = publish_in_browser(first, bounded(60), days[3])
    third = publish(bounded(40), days[5])
    withdraw_decision(key="area", by=BY, at=days[6])
    back = publish(bounded(50), days[7])
    runs = []
    for day, number in ((days[1], 1), (days[4], 2), (days[5], 3)):
        version = get_decision_on("area", at=day)
        assert version.number == number
    for moment, version in (
        (days[1], first),
        (days[3] - timedelta(microseconds=1), first),
        (days[3], second),
        (days[5], third),
        (days[7], back),
    ):
        assert get_decision_on("area", at=moment).id == version
    for moment in (days[0], days[6], days[6] + timedelta(hours=1)):
        with pytest.raises(VersionUnknown):
            get_decision_on("area", at=moment)
    run = decide(decision="area", inputs={"area": 55}, case=CASE, by=citizen, at=days[7])
    runs = list_runs_of_case(CASE)
    assert [(each.id, each.version, each.value) for each in runs] == [(run.id, 4, "large")]
    found = [replay_run(run.id, version=each).value for each in (first, second, third, back)]
    assert found == ["large", "small", "large", "large"]
    assert replay_run(run.id).value == "large"


def test_a_day_of_the_city_ends_at_its_own_midnight(citizen):
    late = datetime(2026, 11, 22, 16, 30, tzinfo=UTC)
    xml = model(decision("area", literal("today()")))
    publish(xml, late)
    run = decide(decision="area", inputs={}, by=citizen, at=late)
    assert run.value == "2026-11-23"
    assert to_json(replay_run(run.id).value) == run.output


@pytest.mark.parametrize(
    ("kind", "given", "text", "expression"),
    [
        ("date", date(2020, 1, 31), "2020-01-31", "x.year + 1"),
        ("date and time", datetime(2020, 1, 31, 8, tzinfo=UTC), "2020-01-31T08:00:00Z", "x.hour"),
        ("time", time(8, 30), "08:30:00", "x.minute"),
        ("days and time duration", timedelta(days=20), "P20D", "x.days * 2"),
        ("number", 10**20, "100000000000000000000", "x - 1"),
    ],
)
def test_a_record_decides_as_the_values_did(citizen, at, kind, given, text, expression):
    xml = model(input_data("x", kind), decision("area", literal(expression), needs=("x",)))
    publish(xml, at)
    run = decide(decision="area", inputs={"x": given}, by=citizen, at=at)
    assert run.inputs == {"x": text}
    assert run.output is not None
    assert to_json(replay_run(run.id).value) == run.output
    again = decide(decision="area", inputs={"x": text}, by=citizen, at=at)
    assert again.output == run.output


def test_a_version_that_asks_for_more_says_what_was_not_given(citizen, at):
    publish(bounded(50), at)
    run = decide(decision="area", inputs={"area": 55}, by=citizen, at=at)
    wider = table_model(("area", "flue"), (("-", "true", '"x"'),), types=("number", "boolean"))
    newer = publish(wider, at + timedelta(days=1))
    with pytest.raises(InputMissing, match="flue"):
        replay_run(run.id, version=newer)
