"""What an official may say where the drawing does not tell where a case belongs."""

from collections.abc import Mapping

from shuzheng.policy.refusals import Invalid, gettext_noop
from shuzheng.support.workflow.rules.graph import ACTIVITIES, Flow, Node
from shuzheng.support.workflow.rules.migration.blocks import Block, Branch
from shuzheng.support.workflow.rules.migration.matching import match
from shuzheng.support.workflow.rules.migration.moves import Move, Stay, move
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


def options(old: Flow, new: Flow, stay: Stay) -> tuple[str, ...]:
    """Return what may be chosen for a stay: ids of the new version; empty if nothing helps."""
    if stay.code == "compensation":
        return (FORGOTTEN,)
    if stay.code == "branch":
        return (stay.choose, new.nodes[stay.element].id)
    before = old.nodes.get(stay.choose)
    if before is None:
        return ()
    steps = tuple(
        node.id for node in new.nodes.values() if node.container == before.container and _is(node)
    )
    return (*steps, before.id) if stay.code == "join" and before.id in new.nodes else steps


def _is(node: Node) -> bool:
    return node.kind in STEPS and not node.for_compensation


class Chooser:
    """Puts tokens where somebody chose; each choice counts only where there is a doubt."""

    def __init__(self, old: Flow, machine: Machine, choices: Choices) -> None:
        self.old = old
        self.machine = machine
        self.choices = choices
        self.moves: list[Move] = []
        self.sent: list[tuple[str, str]] = []

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
            self.machine.tokens[key] = token._replace(data={"via": self._free(token)})
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
            via = self._last_edge(block, branch)
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
        owner = self.machine.tokens.get(token.of)
        withdraw(self.machine, token.of if owner and owner.role in {GATE, LOOP} else key)
        self.machine.later("arrive", token.scope, target, token.scope, "")
        self.sent.append((target.id, token.scope))
        self.moves.append(move(token.element, target.id, "chosen"))

    def _free(self, token: Token) -> str:
        """Return a flow into the join by which nothing has come yet."""
        flow = self.machine.flow
        taken = {
            (other.data or {}).get("via")
            for other in self.machine.tokens.values()
            if other.role == JOIN and other.element == token.element and other.scope == token.scope
        }
        free = [via for via in flow.nodes[token.element].incoming if via not in taken]
        if not free:
            raise ChoiceImpossible(element=token.element, target=token.element)
        return free[0]

    def _last_edge(self, block: Block, branch: Branch) -> str:
        flow = self.machine.flow
        for step in sorted(branch.steps):
            for edge in flow.nodes[step].outgoing:
                if edge.target == block.join:
                    return edge.id
        raise ChoiceImpossible(element=branch.edge.target, target=block.join)
