"""Where a case stands in its flow: a small value that does not grow with its history."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from shuzheng.support.workflow.rules.refusals import StateUnreadable

TASK, SERVICE, DECISION, CHILD = "task", "service", "decision", "child"
MESSAGE, TIMER, SIGNAL, CONDITION = "message", "timer", "signal", "condition"
BODY, LOOP, JOIN, GATE, THROW, COMPENSATE = "body", "loop", "join", "gate", "throw", "compensate"
ROOT = "0"


class Token(NamedTuple):
    """One place where the flow stands.

    ``role`` says what it waits for; ``of`` is the token it guards (boundary event, option of an
    event gateway) or belongs to (instance of a loop, compensation handler); ``data`` holds what
    only that role needs, as JSON.
    """

    element: str
    scope: str
    role: str
    of: str = ""
    data: Mapping[str, Any] | None = None


class Scope(NamedTuple):
    """A running process or subprocess: its element, the token that holds it, its own values."""

    element: str = ""
    host: str = ""
    values: Mapping[str, Any] | None = None


class Record(NamedTuple):
    """A completed activity that could be compensated, with those inside it."""

    element: str
    scope: str
    inner: tuple["Record", ...] = ()


@dataclass(frozen=True, slots=True)
class State:
    """Tokens and scopes by id; ``next`` numbers the next one."""

    tokens: Mapping[str, Token] = field(default_factory=dict)
    scopes: Mapping[str, Scope] = field(default_factory=dict)
    records: tuple[Record, ...] = ()
    next: int = 1

    @property
    def is_ended(self) -> bool:
        """Whether the flow is over."""
        return not self.scopes

    @property
    def is_stuck(self) -> bool:
        """Whether nothing that could happen would move the flow on (a deadlock)."""
        return bool(self.scopes) and all(
            token.role in {JOIN, BODY, LOOP} for token in self.tokens.values()
        )

    def to_json(self) -> dict[str, Any]:
        """Return a value ``json`` can write; keys are short because it is stored at every step."""
        value: dict[str, Any] = {
            "n": self.next,
            "t": {key: _trim(token) for key, token in self.tokens.items()},
            "s": {key: _trim(scope) for key, scope in self.scopes.items()},
        }
        if self.records:
            value["c"] = [pack(record) for record in self.records]
        return value

    @classmethod
    def from_json(cls, value: Any) -> "State":
        """Read what ``to_json`` wrote.

        Raises:
            StateUnreadable: it is something else.
        """
        try:
            return cls(
                {str(key): Token(*token) for key, token in value["t"].items()},
                {str(key): Scope(*scope) for key, scope in value["s"].items()},
                tuple(unpack(record) for record in value.get("c", ())),
                int(value["n"]),
            )
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise StateUnreadable(reason=error) from error


def pack(record: Record) -> list[Any]:
    """Return a record as JSON."""
    return [record.element, record.scope, [pack(inner) for inner in record.inner]]


def unpack(value: Any) -> Record:
    """Return the record of a JSON value."""
    element, scope, inner = value
    return Record(element, scope, tuple(unpack(one) for one in inner))


def _trim(value: tuple[Any, ...]) -> list[Any]:
    trimmed = list(value)
    while trimmed and (trimmed[-1] is None or trimmed[-1] == ""):
        trimmed.pop()
    return trimmed
