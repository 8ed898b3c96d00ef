"""Cases anywhere in a drawing with loops, timers and events move whole and go on."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from shuzheng.support.workflow import rules
from shuzheng.support.workflow.rules import Flow
from shuzheng.support.workflow.rules.migration import (
    ChoiceImpossible,
    Migration,
    MigrationAmbiguous,
    Passage,
    Stay,
    StepsLeftOut,
    done_in,
    migrate,
)
from tests.support.workflow.flow_drawing import flow_of
from tests.support.workflow.test_flow_walks import (
    CHOICES,
    HEAD,
    RICH,
    RICH_BODY,
    RICH_FLOWS,
    VARIABLES,
    check_whole,
    event_for,
    timer,
)


@settings(max_examples=40, deadline=None)
@given(CHOICES)
def test_a_case_with_loops_timers_and_events_moves_to_its_own_drawing_unchanged(
    choices: list[tuple[str, int]],
) -> None:
    variables = dict(VARIABLES)
    advance = rules.start(RICH, variables=variables)
    for kind, pick in choices:
        moved = migrate(RICH, RICH, advance.state, variables=variables)
        assert (moved.state, moved.effects) == (advance.state, ())
        try:
            advance = rules.advance(
                RICH, moved.state, event_for(moved.state, kind, pick), variables=variables
            )
        except rules.WorkflowRefusal:
            continue
        variables.update(advance.variables)


MORE = '<userTask id="more"/>'
REDRAWN = tuple(
    flow_of(body, flows, head=HEAD)
    for body, flows in (
        (RICH_BODY.replace(timer("late", "review"), ""), RICH_FLOWS.replace("late>urge ", "")),
        (RICH_BODY + MORE, RICH_FLOWS.replace("v>j", "v>more more>j")),
        (RICH_BODY + MORE, RICH_FLOWS.replace("f>calm", "f>calm f>more more>j")),
        (RICH_BODY + timer("early", "accept"), RICH_FLOWS + " early>urge"),
        (RICH_BODY.replace('id="review"', 'id="opinion"').replace('"review"', '"opinion"'),
         RICH_FLOWS.replace("review", "opinion")),
        (RICH_BODY.replace('id="look"', 'id="see"').replace('"look"', '"see"')
         .replace("book_look", "book_see").replace("look_ve", "see_ve"), RICH_FLOWS),
        (RICH_BODY.replace(' isInterrupting="false"', ""), RICH_FLOWS),
        (RICH_BODY.replace("<multiInstanceLoopCharacteristics",
                           '<multiInstanceLoopCharacteristics isSequential="true"'), RICH_FLOWS),
        (RICH_BODY, RICH_FLOWS.replace("j>judge judge>e", "j>e")
         .replace("calm>j", "calm>judge judge>j")),
    )
)  # fmt: skip
"""The same drawing with one thing added, taken away, renamed or changed in its nature."""


@settings(max_examples=120, deadline=None)
@given(CHOICES, CHOICES, st.sampled_from(REDRAWN), st.data())
def test_a_case_anywhere_in_a_rich_drawing_moves_whole_and_goes_on(
    before: list[tuple[str, int]],
    after: list[tuple[str, int]],
    new: Flow,
    data: st.DataObject,
) -> None:
    case = Walk(RICH)
    case.walk(before)
    stood = json.dumps(case.state.to_json())
    moved = move_or_settle(new, case, data)
    assert json.dumps(case.state.to_json()) == stood
    if moved is None:
        return
    case.flow, case.state = new, moved.state
    case.variables.update(moved.variables)
    case.effects += moved.effects
    check_whole(case.state, case.effects)
    case.walk(after)


def move_or_settle(new: Flow, case: "Walk", data: st.DataObject) -> Migration | None:
    """Move the case, where need be as somebody chooses among the options."""
    stays: tuple[Stay, ...] = ()
    try:
        return migrate(RICH, new, case.state, variables=case.variables)
    except MigrationAmbiguous as refusal:
        stays = refusal.stays
    way, done = Passage(RICH, new), set(done_in(RICH, new, case.taken))
    choices = {
        stay.choose: data.draw(st.sampled_from(possible))
        for stay in stays
        if (possible := way.options(case.state, stay, variables=case.variables, done=done))
    }
    try:
        return way.migrate(case.state, variables=case.variables, choices=choices, done=done)
    except (MigrationAmbiguous, ChoiceImpossible, StepsLeftOut):
        return None


class Walk:
    """A case on its way through any events, whole after each."""

    def __init__(self, flow: Flow) -> None:
        self.flow = flow
        self.variables: dict[str, object] = dict(VARIABLES)
        advance = rules.start(flow, variables=self.variables)
        self.state, self.effects = advance.state, list(advance.effects)
        self.taken = list(advance.taken)
        self.variables.update(advance.variables)

    def walk(self, choices: list[tuple[str, int]]) -> None:
        for kind, pick in choices:
            event = event_for(self.state, kind, pick)
            try:
                advance = rules.advance(self.flow, self.state, event, variables=self.variables)
            except rules.WorkflowRefusal:
                continue
            self.state = advance.state
            self.variables.update(advance.variables)
            self.effects += advance.effects
            self.taken += advance.taken
            check_whole(self.state, self.effects)
