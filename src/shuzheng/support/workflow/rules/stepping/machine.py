"""The working copy of a state while it is being advanced."""

from collections import deque
from collections.abc import Mapping
from typing import Any

from shuzheng.support.workflow.rules.effects import Effect
from shuzheng.support.workflow.rules.graph import Edge, Flow, Node
from shuzheng.support.workflow.rules.refusals import TokenNotWaiting
from shuzheng.support.workflow.rules.state import Record, Scope, State, Token


class Machine:
    """Tokens, scopes and what is still to be done in this step; thrown away if refused."""

    __slots__ = (
        "changes",
        "effects",
        "flow",
        "next",
        "queue",
        "records",
        "scopes",
        "taken",
        "tokens",
        "variables",
    )

    def __init__(self, flow: Flow, state: State, variables: Mapping[str, Any]) -> None:
        self.flow = flow
        self.tokens = dict(state.tokens)
        self.scopes = dict(state.scopes)
        self.records = list(state.records)
        self.next = state.next
        self.variables = dict(variables)
        self.changes: dict[str, Any] = {}
        self.effects: list[Effect] = []
        self.taken: list[str] = []
        self.queue: deque[tuple[str, str, tuple[Any, ...]]] = deque()

    def freeze(self) -> State:
        """Return the state reached."""
        return State(self.tokens, self.scopes, tuple(self.records), self.next)

    def new_id(self) -> str:
        """Return an id no token or scope of this case has had."""
        number = self.next
        self.next = number + 1
        return str(number)

    def add(
        self, node: Node, scope: str, role: str, of: str = "", data: Mapping[str, Any] | None = None
    ) -> str:
        """Put a token at a node."""
        key = self.new_id()
        self.tokens[key] = Token(node.id, scope, role, of, data)
        return key

    def waiting(self, key: str, roles: frozenset[str]) -> Token:
        """Return the token of that id if it waits for this.

        Raises:
            TokenNotWaiting: it is gone, or waits for something else.
        """
        token = self.tokens.get(key)
        if token is None or token.role not in roles:
            raise TokenNotWaiting(token=key)
        return token

    def node(self, token: Token) -> Node:
        """Return the node a token stands at."""
        return self.flow.nodes[token.element]

    def assign(self, values: Mapping[str, Any]) -> None:
        """Change variables; the caller merges the changes into the case."""
        self.variables.update(values)
        self.changes.update(values)

    def context(self, scope: str, values: Mapping[str, Any] | None = None) -> Mapping[str, Any]:
        """Return what an expression in that scope can see; the innermost value wins."""
        layers = [values] if values else []
        while scope in self.scopes:
            inner = self.scopes[scope]
            if inner.values:
                layers.append(inner.values)
            host = self.tokens.get(inner.host)
            scope = host.scope if host else ""
        if not layers:
            return self.variables
        merged = dict(self.variables)
        for layer in reversed(layers):
            merged.update(layer)
        return merged

    def later(self, act: str, scope: str, *arguments: Any) -> None:
        """Put an act in a scope at the end of the queue; ``run`` knows the acts by name."""
        self.queue.append((act, scope, arguments))

    def sooner(self, act: str, scope: str, *arguments: Any) -> None:
        """Put an act in a scope at the head of the queue."""
        self.queue.appendleft((act, scope, arguments))

    def open_scope(self, element: str, host: str, values: Mapping[str, Any] | None = None) -> str:
        """Open the scope of a process or subprocess."""
        key = self.new_id() if host else "0"
        self.scopes[key] = Scope(element, host, values)
        return key

    def scope_of(self, host: str) -> str:
        """Return the scope a token holds open, or nothing."""
        return next((key for key, scope in self.scopes.items() if scope.host == host), "")

    def tokens_of(self, owner: str) -> list[str]:
        """Return the tokens that guard or belong to a token."""
        return [key for key, token in self.tokens.items() if token.of == owner]

    def take_records(self, scope: str) -> tuple[Record, ...]:
        """Take the records of completed activities of a scope out of the list."""
        taken = tuple(record for record in self.records if record.scope == scope)
        if taken:
            self.records = [record for record in self.records if record.scope != scope]
        return taken

    def edges(self, node: Node, scope: str, values: Mapping[str, Any] | None = None) -> list[Edge]:
        """Return the open flows out of a node: those that hold, or else the default."""
        outgoing = node.outgoing
        if len(outgoing) == 1 and outgoing[0].condition is None:
            return list(outgoing)
        context = self.context(scope, values)
        chosen = [
            edge
            for edge in outgoing
            if edge.id != node.default and (edge.condition is None or edge.condition.holds(context))
        ]
        conditional = any(edge.condition is not None for edge in outgoing)
        if (
            node.default
            and not any(edge.condition is not None for edge in chosen)
            and (conditional or not chosen)
        ):
            chosen += [edge for edge in outgoing if edge.id == node.default]
        return chosen
