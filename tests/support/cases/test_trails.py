"""A case on the drawing of its flow, and all cases of a flow together."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import connection

from shuzheng.infrastructure.access.rules import VISITOR, Actor
from shuzheng.infrastructure.journal.models import Entry
from shuzheng.support.cases import operations as cases
from shuzheng.support.cases import queries
from shuzheng.support.cases.models import Case, Task
from shuzheng.support.cases.operations.file.reading import PurposeMissing
from shuzheng.support.cases.queries import ElementState, FlowOfCase, MapStep
from shuzheng.support.cases.queries.process_map import FEWEST_PEOPLE
from shuzheng.support.cases.rules import READ_CASE, CaseNotFound
from shuzheng.support.cases.rules.migrations import MIGRATE_CASES
from shuzheng.support.cases.rules.trails import Passage, Visited, follow_trail
from shuzheng.support.workflow.rules.entries import PUBLISH_FLOW
from tests.support.cases.flows import begin, complete, publish
from tests.support.cases.play import AT
from tests.support.workflow.flow_drawing import FORMAL, flow_of

BODY = (
    '<startEvent id="s" name="开始"/><userTask id="receive" name="收件"/>'
    '<exclusiveGateway id="g" default="g_review"/>'
    '<userTask id="correct" name="补正" shuzheng:assignee="applicant"/>'
    '<userTask id="review" name="审查"/><endEvent id="e"/>'
    '<boundaryEvent id="late" name="逾期" attachedToRef="review" cancelActivity="false">'
    f"<timerEventDefinition><timeDuration {FORMAL}>P5D</timeDuration></timerEventDefinition>"
    '</boundaryEvent><endEvent id="le"/>'
)
EDGES = "s>receive receive>g g>correct[again] correct>receive g>review review>e late>le"
DAY = timedelta(days=1)


def flow() -> int:
    return publish("trail", BODY, EDGES)


def shown(number: str) -> FlowOfCase:
    found = queries.get_flow_of_case(number)
    assert found is not None
    return found


def element(number: str, key: str) -> ElementState:
    return next(each for each in shown(number).elements if each.element == key)


def corrected(version: int, *, at: datetime = AT) -> str:
    """A case sent back once: it came to the window twice and stands at the review."""
    number = begin(version, at=at, again=True)
    complete(number, "receive", at=at + DAY)
    finish(number, "correct", at=at + 3 * DAY)
    Case.objects.filter(number=number).update(variables={"again": False})
    complete(number, "receive", at=at + 4 * DAY)
    return number


def finish(number: str, key: str, *, at: datetime) -> None:
    """Complete a task that is the applicant's."""
    Task.objects.filter(case__number=number, element=key).update(
        for_applicant=False, post="service.supervisor"
    )
    complete(number, key, at=at)


def test_a_trail_tells_what_was_entered_and_left_in_order() -> None:
    later, drawn = AT + DAY, flow_of(BODY, EDGES)
    steps = [(AT, "system", ["s_receive"]), (later, "window", ["receive_g", "gone"])]
    found = follow_trail(drawn, [Passage(*each, drawn) for each in steps])
    assert found.visited == (
        Visited("s", (AT,), AT, "system"),
        Visited("receive", (AT,), later, "window"),
        Visited("g", (later,)),
    )
    assert found.lines == {"s_receive": 1, "receive_g": 1}


def test_a_line_that_led_elsewhere_in_its_own_version_led_there() -> None:
    older = flow_of(BODY + '<task id="more"/>', EDGES.replace("s>receive", "s>more more>receive"))
    moved = '<sequenceFlow id="s_more" sourceRef="s" targetRef="receive"/>'
    newer = flow_of(BODY + moved, EDGES.replace("s>receive ", ""))
    found = follow_trail(newer, [Passage(AT, "system", ["s_more"], older)])
    assert [each.element for each in found.visited] == ["s", "more"]
    assert found.lines == {}


@pytest.mark.usefixtures("city")
class TestOnTheDrawing:
    """Read from the tables of a running case."""

    pytestmark = pytest.mark.django_db

    def test_what_is_done_says_when_and_by_whom(self) -> None:
        number = begin(flow(), again=False)
        complete(number, "receive", at=AT + DAY)
        done = element(number, "receive")
        assert (done.state, done.name, done.who) == ("done", "收件", "办事员甲")
        assert (done.since, done.until) == (AT, AT + DAY)

    def test_where_it_stands_says_since_when_and_the_timer_beside_it(self) -> None:
        number = begin(flow(), again=False)
        complete(number, "receive", at=AT + DAY)
        now = element(number, "review")
        assert (now.state, now.since, now.until) == ("now", AT + DAY, None)
        watching = element(number, "late")
        assert watching.state == "watching"
        assert watching.fires_at is not None

    def test_coming_back_is_counted_and_every_line_too(self) -> None:
        number = corrected(flow())
        assert element(number, "receive").times == 2
        assert element(number, "correct").for_applicant is False
        found = shown(number)
        assert found.lines["receive_g"] == 2
        assert found.lines["g_correct"] == 1
        assert "late_le" not in found.lines
        assert found.gates == ("g",)

    def test_what_a_new_version_took_away_is_not_said_to_be_done(
        self, official: Callable[..., Actor]
    ) -> None:
        number = begin(flow(), again=False)
        complete(number, "receive", at=AT + DAY)
        drawn = BODY.replace("审查", "看看").replace("review", "look")
        newer = publish("trail", drawn, EDGES.replace("review", "look"))
        by = official(MIGRATE_CASES, PUBLISH_FLOW)
        migration = cases.open_migration(version=newer, reasons="改进", by=by, at=AT + DAY)
        while cases.migrate_batch(migration=migration, at=AT + 2 * DAY):
            pass
        cases.place_case(
            migration=migration,
            number=number,
            choices={"review": "look"},
            reasons="换一步",
            by=by,
            at=AT + 3 * DAY,
        )
        gone = element(number, "review")
        assert (gone.name, gone.state, gone.who) == ("审查", "moved", "")
        assert element(number, "receive").state == "done"
        assert element(number, "look").state == "now"

    def test_what_has_no_name_is_told_by_its_kind(self) -> None:
        number = begin(flow(), again=False)
        assert element(number, "receive").name == "收件"
        complete(number, "receive", at=AT + DAY)
        complete(number, "review", at=AT + DAY)
        assert (element(number, "e").name, element(number, "e").kind) == ("", "end")

    def test_a_draft_has_no_flow_yet(self) -> None:
        number = begin(flow(), again=False)
        Case.objects.filter(number=number).update(flow_state=None)
        assert queries.get_flow_of_case(number) is None
        assert queries.get_flow_of_case("QZ-0000-000000") is None

    def test_looking_is_a_reading_the_applicant_sees(self, official: Callable[..., Actor]) -> None:
        number = begin(flow(), again=False)
        reader = official(READ_CASE)
        found = cases.open_flow(number=number, purpose="查阅", by=reader, at=AT)
        assert found is not None
        assert found.version >= 1
        entry = Entry.objects.filter(kind="case.read").latest("pk")
        assert (entry.purpose, entry.facts["fields"]) == ("查阅", ["flow"])

    def test_who_may_not_read_the_case_does_not_see_its_flow(
        self, official: Callable[..., Actor]
    ) -> None:
        number = begin(flow(), again=False)
        before = Entry.objects.count()
        strangers = (VISITOR, official(), official(READ_CASE, post="fire.chief", department="fire"))
        for stranger in strangers:
            with pytest.raises(CaseNotFound):
                cases.open_flow(number=number, purpose="查阅", by=stranger, at=AT)
        with pytest.raises(PurposeMissing):
            cases.open_flow(number=number, purpose=" ", by=official(READ_CASE), at=AT)
        assert Entry.objects.count() == before


@pytest.mark.usefixtures("city")
class TestTheMap:
    """Counted over all cases of a flow."""

    pytestmark = pytest.mark.django_db

    def step(self, version: int, key: str, **asked: object) -> MapStep:
        found = queries.get_process_map(flow_id=version, **asked)  # type: ignore[arg-type]
        return next(each for each in found.steps if each.element == key)

    def test_visits_returns_waiting_and_who_stands_there(self) -> None:
        version = flow()
        corrected(version)
        number = begin(version, again=False)
        complete(number, "receive", at=AT + 2 * DAY)
        found = self.step(version, "receive")
        assert (found.visits, found.cases, found.returns, found.standing) == (3, 2, 1, 0)
        assert found.median_seconds == DAY.total_seconds()
        review = self.step(version, "review")
        assert (review.visits, review.standing, review.median_seconds) == (2, 2, None)

    def test_a_join_is_visited_once_for_all_that_it_waits_for(self) -> None:
        body = (
            '<startEvent id="s"/><userTask id="a"/><userTask id="b"/><userTask id="again"/>'
            '<parallelGateway id="f"/><parallelGateway id="j"/><endEvent id="e"/>'
            '<exclusiveGateway id="m"/><exclusiveGateway id="g" default="g_e"/>'
        )
        edges = "s>m m>f f>a f>b a>j b>j j>again again>g g>e g>m[more]"
        version = publish("joined", body, edges)
        number = begin(version, more=True)
        complete(number, "a")
        assert (self.step(version, "j").visits, self.step(version, "j").standing) == (1, 1)
        complete(number, "b")
        assert (self.step(version, "j").visits, self.step(version, "j").returns) == (1, 0)
        complete(number, "again")
        complete(number, "a")
        complete(number, "b")
        joined = self.step(version, "j")
        assert (joined.visits, joined.returns, joined.standing) == (2, 1, 0)
        assert (joined.name, joined.kind) == ("", "parallel")

    def test_lines_are_counted(self) -> None:
        version = flow()
        corrected(version)
        begin(version, again=False)
        found = queries.get_process_map(flow_id=version)
        assert found.cases == 2
        assert found.lines == {
            "s_receive": 2,
            "receive_g": 2,
            "g_correct": 1,
            "correct_receive": 1,
            "g_review": 1,
        }

    def test_only_cases_of_the_period_and_department_count(self) -> None:
        version = flow()
        begin(version, again=False)
        begin(version, at=AT + 10 * DAY, again=False)
        ask = queries.get_process_map
        assert ask(flow_id=version, begin=AT + DAY).cases == 1
        assert ask(flow_id=version, end=AT + DAY).cases == 1
        assert ask(flow_id=version, begin=AT + DAY, end=AT + 2 * DAY).cases == 0
        assert ask(flow_id=version, department="service").cases == 2
        assert ask(flow_id=version, department="fire").steps == ()

    def test_cases_of_older_versions_count_on_the_newer_drawing(self) -> None:
        begin(flow(), again=False)
        newer = publish("trail", BODY.replace("审查", "复审"), EDGES)
        found = queries.get_process_map(flow_id=newer)
        assert (found.cases, found.lines) == (1, {"s_receive": 1})

    def test_a_post_of_few_people_is_not_measured(self) -> None:
        version = flow()
        numbers = [begin(version, again=False) for _ in range(FEWEST_PEOPLE)]
        for number in numbers:
            complete(number, "receive", at=AT + DAY)
        (share,) = queries.get_process_map(flow_id=version).posts
        assert (share.element, share.tasks, share.median_seconds) == ("receive", None, None)
        for index, task in enumerate(Task.objects.filter(case__number__in=numbers, state="done")):
            Task.objects.filter(pk=task.pk).update(done_by=f"clerk-{index}")
        (share,) = queries.get_process_map(flow_id=version).posts
        assert (share.tasks, share.median_seconds) == (FEWEST_PEOPLE, DAY.total_seconds())

    def test_a_map_is_asked_in_few_statements(
        self, django_assert_num_queries: Callable[..., object]
    ) -> None:
        version = flow()
        corrected(version)
        queries.get_process_map(flow_id=version)
        with django_assert_num_queries(4, connection=connection):  # type: ignore[attr-defined]
            queries.get_process_map(flow_id=version)


@pytest.mark.usefixtures("city")
@pytest.mark.django_db
def test_running_cases_are_counted_by_version() -> None:
    version = flow()
    before = queries.count_running().get(version, 0)
    number = begin(version, again=False)
    begin(version, again=False)
    Case.objects.filter(number=number).update(closed_at=AT)
    assert queries.count_running()[version] == before + 1
