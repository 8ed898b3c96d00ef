"""What an official may say where the drawing does not tell where a case belongs."""

from collections.abc import Collection, Mapping

from shuzheng.policy.refusals import Invalid, gettext_noop
from shuzheng.support.workflow.rules.comparing import name_of
from shuzheng.support.workflow.rules.graph import ACTIVITIES, Flow, Node
from shuzheng.support.workflow.rules.migration.blocks import Block, Branch
from shuzheng.support.workflow.rules.migration.matching import match
from shuzheng.support.workflow.rules.migration.moves import Move, Stay, move
from shuzheng.support.workflow.rules.migration.reaching import Reach, reach
from shuzheng.support.workflow.rules.refusals import WorkflowRefusal
from shuzheng.support.workflow.rules.state import GATE, JOIN, LOOP, Token
from shuzheng.support.workflow.rules.stepping.leaving import follow, withdraw
from shuzheng.support.workflow.rules.stepping.machine import Machine

Choices = Mapping[str, str]
"""A step of the new version for each thing in doubt, by ``Stay.choose``."""
FORGOTTEN = "-"
"""Chosen for a completed step: it will not be compensated."""
STEPS = (ACTIVITIES | {"catch"}) - {"event_subprocess"}


class ChoiceImpossible(WorkflowRefusal, Invalid):
    """The case cannot be put there."""

    code = "workflow.choice-impossible"
    template = gettext_noop("“{element}”不能转到新版的“{target}”。")
    remedy = gettext_noop("请从列出的步骤中选择。")


def _is(node: Node) -> bool:
    return node.kind in STEPS and not node.for_compensation


class StepsLeftOut(WorkflowRefusal, Invalid):
    """Something before that place has not been done yet."""

    code = "workflow.steps-left-out"
    template = gettext_noop("转到“{target}”就会跳过这件办件还没有办的“{missing}”。")
    remedy = gettext_noop("请从列出的步骤中选择，或者让办件按原版办完。")


class Chooser:
    """Puts tokens where somebody chose; each choice counts only where there is a doubt.

    No choice leads past a step that the case has not done: ``done`` are those it has.
    """

    def __init__(
        self, old: Flow, machine: Machine, choices: Choices, done: Collection[str]
    ) -> None:
        self.old = old
        self.machine = machine
        self.choices = choices
        self.done = done
        self.moves: list[Move] = []
        self.sent: list[tuple[str, str]] = []

    def options(self, stay: Stay, blocks: Collection[Block]) -> tuple[str, ...]:
        """Return what may be chosen for a stay: ids of the new version; empty if nothing helps."""
        if stay.code == "compensation":
            return (FORGOTTEN,)
        if stay.code == "branch":
            return self._ways_of_branch(stay, blocks)
        tokens = self.machine.tokens.values()
        places = {one.scope: None for one in tokens if one.element == stay.choose}
        found: dict[str, None] = {}
        for scope in places:
            open_ = self._reach(scope)
            found |= {key: None for key in self._steps(scope) if key in open_.places}
            if stay.code == "join" and self._free(stay.choose, scope):
                found[stay.choose] = None
        return tuple(found)

    def _ways_of_branch(self, stay: Stay, blocks: Collection[Block]) -> tuple[str, ...]:
        for block in blocks:
            for branch in block.branches if block.split == stay.element else ():
                if branch.edge.target == stay.choose:
                    scopes = self.machine.scopes.items()
                    inside = (key for key, one in scopes if one.element == block.container)
                    is_done = any(self._last_edge(block, branch, key) for key in inside)
                    return (stay.choose, block.split) if is_done else (stay.choose,)
        return ()

    def _steps(self, scope: str) -> list[str]:
        level = self.machine.scopes[scope].element
        nodes = self.machine.flow.nodes.values()
        return [node.id for node in nodes if node.container == level and _is(node)]

    def _reach(self, scope: str) -> Reach:
        return reach(self.machine, scope, self.done)

    def send_tokens(self) -> None:
        """Send on every token whose step is gone and for which a step was chosen."""
        for key, token in list(self.machine.tokens.items()):
            if key in self.machine.tokens and token.element in self.choices:
                if self.old.nodes[token.element].kind in {"boundary", "start"}:
                    continue
                if isinstance(match(self.old, self.machine.flow, token), Stay):
                    self._send(key, token)

    def send_finished(self, key: str, token: Token) -> bool:
        """Send on a finished branch whose way into the join cannot be told; say whether."""
        target = self.choices.get(token.element)
        if target is None:
            return False
        if target == token.element:
            via = self._free(token.element, token.scope)
            if not via:
                raise self._left_out(token.scope, target)
            self.machine.tokens[key] = token._replace(data={"via": via})
            self.moves.append(move(token.element, target, "chosen"))
        else:
            self._send(key, token)
        return True

    def begin_branch(self, block: Block, branch: Branch, scope: str) -> bool:
        """Begin a branch that may be done already, or count it as done; say whether."""
        target = self.choices.get(branch.edge.target)
        if target == branch.edge.target:
            follow(self.machine, branch.edge, scope)
            self.moves.append(move("", target, "chosen"))
        elif target == block.split:
            via = self._last_edge(block, branch, scope)
            if not via:
                raise self._left_out(scope, block.join)
            join = self.machine.flow.nodes[block.join]
            self.machine.add(join, scope, JOIN, "", {"via": via})
            self.moves.append(move(branch.edge.target, block.join, "counted"))
        return target in {branch.edge.target, block.split}

    def is_forgotten(self, element: str) -> bool:
        """Say whether somebody chose that a completed step will not be compensated."""
        return self.choices.get(element) == FORGOTTEN

    def _send(self, key: str, token: Token) -> None:
        target = self.machine.flow.nodes.get(self.choices[token.element])
        level = self.machine.scopes[token.scope].element
        if target is None or not _is(target) or target.container != level:
            raise ChoiceImpossible(element=token.element, target=self.choices[token.element])
        if target.id not in self._reach(token.scope).places:
            raise self._left_out(token.scope, target.id)
        owner = self.machine.tokens.get(token.of)
        withdraw(self.machine, token.of if owner and owner.role in {GATE, LOOP} else key)
        self.machine.later("arrive", token.scope, target, token.scope, "")
        self.sent.append((target.id, token.scope))
        self.moves.append(move(token.element, target.id, "chosen"))

    def _left_out(self, scope: str, target: str) -> StepsLeftOut:
        nodes = self.machine.flow.nodes
        missing = [name_of(nodes[key]) for key in self._reach(scope).due]
        return StepsLeftOut(target=name_of(nodes[target]), missing=missing)

    def _free(self, join: str, scope: str) -> str:
        """Return a flow into the join that is open to the case and by which nothing has come."""
        node = self.machine.flow.nodes.get(join)
        taken = {
            (other.data or {}).get("via")
            for other in self.machine.tokens.values()
            if other.role == JOIN and other.element == join and other.scope == scope
        }
        free = [via for via in (node.incoming if node else ()) if via not in taken]
        return next((via for via in free if via in self._reach(scope).flows), "")

    def _last_edge(self, block: Block, branch: Branch, scope: str) -> str:
        """Return the flow by which a branch that is done would have come; nothing if it is not."""
        nodes = self.machine.flow.nodes
        edges = (edge for step in sorted(branch.steps) for edge in nodes[step].outgoing)
        last = (edge.id for edge in edges if edge.target == block.join)
        open_ = self._reach(scope).flows
        return next((via for via in last if via in open_), "")
