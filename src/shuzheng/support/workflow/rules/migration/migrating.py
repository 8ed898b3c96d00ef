"""Moving one state: wholly to the new version, or not at all."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, cast

from shuzheng.support.workflow.rules.effects import Effect
from shuzheng.support.workflow.rules.graph import Flow
from shuzheng.support.workflow.rules.migration.blocks import blocks
from shuzheng.support.workflow.rules.migration.choosing import Choices
from shuzheng.support.workflow.rules.migration.moves import (
    MigrationAmbiguous,
    Move,
    Stay,
    stay,
)
from shuzheng.support.workflow.rules.migration.moving import Moving, Versions
from shuzheng.support.workflow.rules.migration.unread import Unread, VariablesRead
from shuzheng.support.workflow.rules.state import State
from shuzheng.support.workflow.rules.stepping.run import run

NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Migration:
    """The state under the new version, what is to be done, and where each token went."""

    state: State
    effects: tuple[Effect, ...]
    variables: Mapping[str, Any]
    moves: tuple[Move, ...]


class Passage:
    """The way from one version to another, prepared once for many cases."""

    def __init__(self, old: Flow, new: Flow) -> None:
        self.versions = Versions(old, new, tuple(blocks(old)), tuple(blocks(new)))

    def migrate(
        self,
        state: State,
        *,
        variables: Mapping[str, Any],
        choices: Choices = NOTHING,
        done: Collection[str] = (),
    ) -> Migration:
        """Move a case; no step added on a way it has not finished is skipped.

        Args:
            choices: what an official chose where it cannot be told, by ``Stay.choose``.
            done: the steps of the new version that the case has done.

        Raises:
            MigrationAmbiguous: it cannot be told where a token belongs; ``stays`` says why.
            ChoiceImpossible: what was chosen is no step on that level of the new version.
            StepsLeftOut: before what was chosen lies a step that it has not done.
        """
        return _migrate(Moving(self.versions, state, variables, choices, done), state)

    def options(
        self, state: State, stay: Stay, *, variables: Mapping[str, Any], done: Collection[str] = ()
    ) -> tuple[str, ...]:
        """Return what may be chosen for a stay of such a case; nothing if no choice helps."""
        moving = Moving(self.versions, state, variables, NOTHING, done)
        return moving.chooser.options(stay, self.versions.blocks)

    def migrate_alike(self, state: State) -> Migration | None:
        """Return what becomes of every case in this state, nothing if it rests on their variables.

        Raises:
            MigrationAmbiguous: they all must stay.
        """
        moving = Moving(self.versions, state, NOTHING, NOTHING, ())
        moving.machine.variables = cast("dict[str, Any]", Unread())
        try:
            return _migrate(moving, state)
        except VariablesRead:
            return None


def migrate(
    old: Flow,
    new: Flow,
    state: State,
    *,
    variables: Mapping[str, Any],
    choices: Choices = NOTHING,
    done: Collection[str] = (),
) -> Migration:
    """Move one case; see ``Passage``."""
    return Passage(old, new).migrate(state, variables=variables, choices=choices, done=done)


def migrate_alike(old: Flow, new: Flow, state: State) -> Migration | None:
    """Say what becomes of every case in a state; see ``Passage``."""
    return Passage(old, new).migrate_alike(state)


def _migrate(moving: Moving, state: State) -> Migration:
    moving.chooser.send_tokens()
    moving.match_tokens()
    moving.match_records()
    moving.rejoin()
    moving.keep_apart()
    moving.fill_blocks()
    moving.refuse_if_ambiguous()
    moving.watch_again()
    run(moving.machine)
    reached = moving.machine.freeze()
    if reached.is_stuck and not state.is_stuck:
        raise MigrationAmbiguous((stay("", "stuck"),))
    machine = moving.machine
    moves = (*moving.chooser.moves, *moving.moves)
    return Migration(reached, tuple(machine.effects), machine.changes, moves)
