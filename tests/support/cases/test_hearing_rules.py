"""What is decided before a hearing, and said of it to the public: rules for any values."""

from datetime import date
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shuzheng.support.cases.rules.hearings import HearingNotHeld, HearingRightRuns, require_settled
from shuzheng.support.cases.rules.public_hearings import SaysWhoApplied, require_nameless


@given(st.dates(), st.dates(), st.booleans(), st.booleans())
def test_nothing_is_decided_before_a_hearing_that_was_or_may_be_asked_for(
    ask_by: date, today: date, is_asked: bool, is_held: bool
) -> None:
    act = partial(require_settled, is_asked=is_asked, is_held=is_held, today=today)
    if not is_held and is_asked:
        for last_day in (None, ask_by):
            with pytest.raises(HearingNotHeld):
                act(ask_by_on=last_day)
        return
    act(ask_by_on=None)
    if is_held:
        act(ask_by_on=ask_by)
    elif today <= ask_by:
        with pytest.raises(HearingRightRuns):
            act(ask_by_on=ask_by)
    else:
        act(ask_by_on=ask_by)


@given(st.text(min_size=1), st.text(), st.text())
def test_nothing_private_is_said_to_the_public(private: str, before: str, after: str) -> None:
    with pytest.raises(SaysWhoApplied):
        require_nameless({"subject": before + private + after}, private=["", private])
