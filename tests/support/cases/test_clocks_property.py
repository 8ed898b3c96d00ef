"""Whatever happens to a clock, its due date has a recorded cause, and the promise obeys the law.

Suspensions, the one extension, changes of the calendar and days that pass come in any order; the
same pure rules compute the due dates as in a case.
"""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from shuzheng.institutions.calendar.rules import Calendar
from shuzheng.policy.periods import ClockStandsStill, Pause, Period, PeriodUnit, due_on
from shuzheng.support.cases.rules.extensions import (
    AlreadyExtended,
    PeriodAlreadyOver,
    lengthened,
    require_extendable,
)

START = date(2026, 3, 2)
TEN = Period(amount=10, unit=PeriodUnit.WORKING_DAY)


class ClockOfACase(RuleBasedStateMachine):
    """A legal period and a promise, and everything the law lets happen to them."""

    @initialize(legal=st.integers(1, 45), promise=st.integers(0, 45))
    def begin(self, legal: int, promise: int) -> None:
        """Start both clocks on one day; content lets no promise outlast the law."""
        self.legal = Period(amount=legal, unit=PeriodUnit.WORKING_DAY)
        self.promise = Period(amount=min(promise, legal), unit=PeriodUnit.WORKING_DAY)
        self.calendar = Calendar()
        self.today = START
        self.ended: tuple[Pause, ...] = ()
        self.stopped_on: date | None = None
        self.extensions: list[Period] = []
        self.causes: list[str] = []
        self.due = self._computed()
        self.legal_dates = [self.due["legal"]]

    def _computed(self) -> dict[str, date]:
        given = {"started_on": START, "calendar": self.calendar, "pauses": self.ended}
        legal = due_on(lengthened(self.legal, self.extensions), **given)  # type: ignore[arg-type]
        promise = due_on(self.promise, **given)  # type: ignore[arg-type]
        return {"legal": legal, "promise": min(promise, legal)}

    def _recompute(self, cause: str) -> None:
        after = self._computed()
        if after != self.due:
            self.causes.append(cause)
        if cause != "calendar":
            assert after["legal"] >= self.due["legal"]
            assert after["promise"] >= self.due["promise"]
        if cause == "extension":
            assert after["promise"] == self.due["promise"]
        self.due = after
        self.legal_dates.append(after["legal"])

    @rule(days=st.integers(1, 15))
    def pass_days(self, days: int) -> None:
        """Time alone moves nothing."""
        before = dict(self.due)
        self.today += timedelta(days=days)
        assert self._computed() == before

    @precondition(lambda self: self.stopped_on is None)
    @rule()
    def suspend(self) -> None:
        """A special procedure begins; until it ends no last day can be told beyond it."""
        self.stopped_on = self.today

    @precondition(lambda self: self.stopped_on is not None)
    @rule()
    def resume(self) -> None:
        """It ends: its days are left out."""
        assert self.stopped_on is not None
        self.ended += (Pause(from_on=self.stopped_on, to_on=self.today),)
        self.stopped_on = None
        self._recompute("suspension")

    @rule()
    def extend(self) -> None:
        """Ask for the one extension; late or again it is refused and moves nothing."""
        is_late = self.stopped_on is None and self.today > self.due["legal"]
        given = {
            "number": "1",
            "due_on": self.due["legal"],
            "today": self.today,
            "is_suspended": self.stopped_on is not None,
            "earlier": ["approved"] * len(self.extensions),
        }
        if self.extensions or is_late:
            with pytest.raises(AlreadyExtended if self.extensions else PeriodAlreadyOver):
                require_extendable(**given)  # type: ignore[arg-type]
            return
        require_extendable(**given)  # type: ignore[arg-type]
        self.extensions.append(TEN)
        self._recompute("extension")

    @rule(days=st.integers(0, 90), is_working_day=st.booleans())
    def state_a_day(self, days: int, is_working_day: bool) -> None:
        """A notice says whether a day is worked."""
        day = START + timedelta(days=days)
        overrides = {**self.calendar.overrides, day: is_working_day}
        self.calendar = replace(self.calendar, overrides=overrides)
        self._recompute("calendar")

    @invariant()
    def every_move_has_a_cause(self) -> None:
        """As many dates as causes, and none without."""
        if hasattr(self, "due"):
            moves = sum(
                before != after
                for before, after in zip(self.legal_dates, self.legal_dates[1:], strict=False)
            )
            assert moves <= len(self.causes)

    @invariant()
    def the_promise_never_outlasts_the_law(self) -> None:
        """However the two moved."""
        if hasattr(self, "due"):
            assert self.due["promise"] <= self.due["legal"]

    @invariant()
    def a_clock_never_runs_while_it_is_suspended(self) -> None:
        """While a pause that began in time has no end, no last day after it can be told."""
        if not hasattr(self, "due") or self.stopped_on is None:
            return
        pauses = (*self.ended, Pause(from_on=self.stopped_on))
        whole = lengthened(self.legal, self.extensions)
        if self.due["legal"] >= self.stopped_on:
            with pytest.raises(ClockStandsStill):
                due_on(whole, started_on=START, calendar=self.calendar, pauses=pauses)

    @invariant()
    def the_days_that_count_are_the_days_of_the_period(self) -> None:
        """Counted one by one: worked, not suspended, no more and no fewer than the law gives."""
        if not hasattr(self, "due"):
            return
        last = self.due["legal"]
        days = (START + timedelta(days=n) for n in range(1, (last - START).days + 1))
        counted = sum(
            self.calendar.is_working_day(day) and not any(each.covers(day) for each in self.ended)
            for day in days
        )
        assert counted == self.legal.amount + 10 * len(self.extensions)


TestClockOfACase = ClockOfACase.TestCase
TestClockOfACase.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
