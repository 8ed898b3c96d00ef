"""What tables and people judged in a case, in words and with the clauses."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext

from shuzheng.infrastructure.web.operations import in_english, listed, local
from shuzheng.support.decisions.queries import Run, list_runs_of_case
from shuzheng.support.matters.queries import list_matters

ANSWERS = ("verdict", "level")
"""The conclusion that is the answer, where a decision gives reasons beside it."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What holds of one decision in a case: the last run with its answer in words."""

    run: Run
    answer: str
    reason: str
    clauses: tuple[str, ...]

    @property
    def has_level(self) -> bool:
        """Whether the answer is a level, which a person may set aside."""
        return isinstance(self.run.value, dict) and bool(self.run.value.get("level"))


def list_judgements(numbers: Iterable[str], *, on: date) -> tuple[Judgement, ...]:
    """Return the last run of each decision of the cases; answers corrected since are left out."""
    titles = {each.key: each.title for each in list_matters(on=on)}
    latest = {
        (run.case, run.decision): run
        for number in dict.fromkeys(numbers)
        for run in list_runs_of_case(number)
    }
    return tuple(_judgement(run, titles) for run in latest.values())


def _judgement(run: Run, titles: dict[str, str]) -> Judgement:
    said = run.value if isinstance(run.value, dict) else {}
    reason = str(said.get("reason", ""))
    return Judgement(run, _answer(run, titles), reason, tuple(_clauses(run)))


def _answer(run: Run, titles: Mapping[str, str]) -> str:
    """Return what holds in a run in the city's words, matters by their titles."""
    said = run.value if isinstance(run.value, dict) else {}
    name = next((each for each in ANSWERS if said.get(each)), run.answers)
    answer = said.get(name) or run.value
    return listed(_words(answer, {**titles, **run.words.get(name, {})}))


def _words(answer: Any, known: Mapping[str, str]) -> Iterator[str]:
    if isinstance(answer, bool):
        yield gettext("是") if answer else gettext("否")
    elif isinstance(answer, list | tuple):
        yield from (local(known.get(one, str(one))) for one in answer)
    elif answer:
        yield in_english(known.get(str(answer), str(answer)))
    if not answer and not isinstance(answer, bool):
        yield gettext("没有")


def _clauses(run: Run) -> Iterator[str]:
    for rule in run.matched:
        yield from (text for text in dict(rule.annotations).values() if text)
