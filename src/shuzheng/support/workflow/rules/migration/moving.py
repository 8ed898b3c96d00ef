"""One state on its way to a new version: tokens, records and watches find their places."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from shuzheng.support.workflow.rules.graph import Flow
from shuzheng.support.workflow.rules.migration.blocks import Block, Branch, Way, come_together
from shuzheng.support.workflow.rules.migration.choosing import Choices, Chooser
from shuzheng.support.workflow.rules.migration.matching import (
    last_steps,
    match,
    same_edge,
    source_of,
)
from shuzheng.support.workflow.rules.migration.moves import (
    MigrationAmbiguous,
    Move,
    Stay,
    move,
    stay,
)
from shuzheng.support.workflow.rules.state import JOIN, Record, State, Token
from shuzheng.support.workflow.rules.stepping.catching import ROLES, watch
from shuzheng.support.workflow.rules.stepping.leaving import follow, withdraw
from shuzheng.support.workflow.rules.stepping.machine import Machine


@dataclass(frozen=True, slots=True)
class Versions:
    """The two versions with their blocks."""

    old: Flow
    new: Flow
    old_blocks: tuple[Block, ...]
    blocks: tuple[Block, ...]


class Moving:
    """One migration on its way."""

    def __init__(
        self,
        versions: Versions,
        state: State,
        variables: Mapping[str, Any],
        choices: Choices,
        done: Collection[str],
    ) -> None:
        self.old = versions.old
        self.new = versions.new
        self.blocks = versions.blocks
        self.old_blocks = versions.old_blocks
        self.before = state.tokens
        self.machine = Machine(self.new, state, variables)
        self.chooser = Chooser(self.old, self.machine, choices, done)
        self.moves: list[Move] = []
        self.stays: list[Stay] = []
        self.replayed: dict[str, tuple[str, str]] = {}

    def refuse_if_ambiguous(self) -> None:
        if self.stays:
            raise MigrationAmbiguous(tuple(dict.fromkeys(self.stays)))

    def match_tokens(self) -> None:
        """Put every token at its step of the new version; watches are looked at later."""
        tokens = self.machine.tokens
        for key, token in list(tokens.items()):
            if self.old.nodes[token.element].kind in {"boundary", "start"}:
                continue
            found = match(self.old, self.new, token)
            if isinstance(found, Stay):
                self.stays.append(found)
                continue
            tokens[key] = token._replace(element=found.target)
            if token.role != JOIN:
                self.moves.append(found)
        for key, scope in list(self.machine.scopes.items()):
            host = tokens.get(scope.host)
            if host is not None:
                self.machine.scopes[key] = scope._replace(element=host.element)

    def match_records(self) -> None:
        """What was completed can still be compensated."""
        records = self.machine.records
        self.machine.records = [
            one for one in records if not self.chooser.is_forgotten(one.element)
        ]
        for record in self.machine.records:
            self._match_record(record)

    def _match_record(self, record: Record) -> None:
        before = self.old.nodes[record.element]
        after = self.new.nodes.get(record.element)
        if after is None or (before.handler and not after.handler):
            self.stays.append(stay(record.element, "compensation"))
        for inner in record.inner:
            self._match_record(inner)

    def rejoin(self) -> None:
        """Finished branches wait at the join still, unless a step was added before it."""
        for key, token in list(self.machine.tokens.items()):
            if token.role == JOIN and token.element in self.new.nodes:
                self._rejoin_one(key, token)

    def _rejoin_one(self, key: str, token: Token) -> None:
        via = (token.data or {})["via"]
        edge = same_edge(self.old, self.new, via, self.new.nodes[token.element])
        source = source_of(self.old, via)
        after = self.new.nodes.get(source or "")
        if after is not None and self._has_new_last_steps(after.id):
            edge, after = None, None
        if edge is not None:
            self.machine.tokens[key] = token._replace(data={"via": edge.id})
            self.moves.append(move(token.element, token.element, "rejoined"))
        elif after is not None and len(after.outgoing) == 1:
            del self.machine.tokens[key]
            target = after.outgoing[0].target
            follow(self.machine, after.outgoing[0], token.scope)
            self.replayed[key] = (target, token.scope)
            self.moves.append(move(token.element, target, "replayed", source=after.id))
        elif not self.chooser.send_finished(key, token):
            self.stays.append(stay(token.element, "join"))

    def _has_new_last_steps(self, source: str) -> bool:
        """Say whether the way to a gateway or out of a subprocess may have got a step to do.

        A branch that is empty comes from the gateway that divides: nothing before that matters.
        """
        node = self.new.nodes[source]
        if node.kind in {"parallel", "inclusive"} and len(node.outgoing) > 1:
            return False
        return not last_steps(self.new, source) <= last_steps(self.old, source)

    def keep_apart(self) -> None:
        """Let no two ways that ran beside each other come into one branch."""
        ways = [
            (self._way(token, self.machine.tokens[key]), token.scope)
            for key, token in self.before.items()
            if key in self.machine.tokens and not token.of
        ]
        for (one, scope), (other, beside) in combinations(ways, 2):
            if scope == beside and come_together(self.old_blocks, self.blocks, one, other):
                self.stays.append(stay(one[0], "crowded"))

    def _way(self, before: Token, after: Token) -> Way:
        return _place(self.old, before), _place(self.new, after)

    def fill_blocks(self) -> None:
        """Begin the branches that are new in blocks the case has not left."""
        for block in self.blocks:
            for scope, inside in self.machine.scopes.items():
                if inside.element == block.container:
                    self._fill(block, scope)

    def _fill(self, block: Block, scope: str) -> None:
        present = [self._is_present(block, branch, scope) for branch in block.branches]
        if not any(present):
            return
        for branch, is_present in zip(block.branches, present, strict=True):
            if not is_present:
                self._fill_branch(block, branch, scope)

    def _fill_branch(self, block: Block, branch: Branch, scope: str) -> None:
        known = branch.steps & set(self.old.nodes)
        was_choice = block.is_choice and block.split in self.old.nodes
        if known and not was_choice:
            if not self.chooser.begin_branch(block, branch, scope):
                self.stays.append(stay(block.split, "branch", branch=branch.edge.target))
        elif not known and self._is_open(branch, scope):
            follow(self.machine, branch.edge, scope)
            self.moves.append(move("", branch.edge.target, "added"))

    def _is_open(self, branch: Branch, scope: str) -> bool:
        condition = branch.edge.condition
        return condition is None or condition.holds(self.machine.context(scope))

    def _is_present(self, block: Block, branch: Branch, scope: str) -> bool:
        sent = (*self.replayed.values(), *self.chooser.sent)
        places = {target for target, where in sent if where == scope}
        for token in self.machine.tokens.values():
            if token.scope != scope:
                continue
            if token.element == block.join and token.role == JOIN:
                source = source_of(self.new, (token.data or {})["via"])
                direct = branch.edge.id == (token.data or {})["via"]
                if direct or source in branch.steps:
                    return True
            else:
                places.add(token.element)
        return bool(places & branch.steps)

    def watch_again(self) -> None:
        """Take away watches that are no longer drawn and begin those that are new."""
        for key, token in list(self.machine.tokens.items()):
            kind = self.old.nodes[token.element].kind if token.element in self.old.nodes else ""
            if kind in {"boundary", "start"} and not self._still_watches(token):
                withdraw(self.machine, key)
                self.moves.append(move(token.element, "", "unwatched"))
        for key, token in list(self.machine.tokens.items()):
            if not token.of and token.role != JOIN:
                self._watch(self.machine.node(token).boundaries, token.scope, key)
        for key, scope in list(self.machine.scopes.items()):
            self._watch(self.new.containers[scope.element].events, key, "")

    def _still_watches(self, token: Token) -> bool:
        node = self.new.nodes.get(token.element)
        if node is None or (token.data or {}).get("d", 0) >= len(node.definitions):
            return False
        guarded = self.machine.tokens.get(token.of)
        attached = guarded is None or node.attached == guarded.element
        definition = node.definitions[(token.data or {}).get("d", 0)]
        return attached and ROLES.get(definition.trigger) == token.role

    def _watch(self, events: tuple[str, ...], scope: str, of: str) -> None:
        watched = {
            token.element
            for token in self.machine.tokens.values()
            if token.of == of and token.scope == scope
        }
        for event in events:
            node = self.new.nodes[event]
            waits = any(one.trigger in ROLES for one in node.definitions)
            if waits and event not in watched and self._was_not_there(event):
                watch(self.machine, node, scope, of)
                self.moves.append(move("", event, "watched"))

    def _was_not_there(self, event: str) -> bool:
        """An event of the old version that no longer waits has come already."""
        return event not in self.old.nodes


def _place(flow: Flow, token: Token) -> str:
    """Return the step a token is at, or the last one before the join it waits at."""
    if token.role != JOIN:
        return token.element
    return source_of(flow, (token.data or {})["via"]) or token.element
