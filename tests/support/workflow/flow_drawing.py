"""Small drawings and a case that keeps what the flow asks of it."""

from typing import Any

from shuzheng.support.workflow import rules
from shuzheng.support.workflow.rules import State

FORMAL = 'xsi:type="tFormalExpression"'
HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xmlns:shuzheng="https://shuzheng.org/bpmn" id="definitions" targetNamespace="https://shuzheng.org/test">'
)


def flow_of(body: str, flows: str = "", *, head: str = "") -> rules.Flow:
    """Compile the inside of a process; ``flows`` is "a>b[condition] b>c": each a sequence flow."""
    return rules.read_flow(drawing(body, flows, head=head))


def drawing(body: str, flows: str = "", *, head: str = "") -> bytes:
    edges = "".join(edge(one) for one in flows.split())
    inside = f'<process id="p" isExecutable="true">{body}{edges}</process>'
    return f"{HEAD}{head}{inside}</definitions>".encode()


def edge(written: str) -> str:
    ends, _, condition = written.partition("[")
    source, _, target = ends.partition(">")
    expression = condition.rstrip("]").replace("_", " ").replace("<", "&lt;")
    inside = (
        f"<conditionExpression {FORMAL}>{expression}</conditionExpression>" if expression else ""
    )
    return (
        f'<sequenceFlow id="{source}_{target}" sourceRef="{source}" targetRef="{target}">'
        f"{inside}</sequenceFlow>"
    )


class Case:
    """What a case room does, without tables: keep state and variables, list what is open."""

    def __init__(self, flow: rules.Flow, element: str = "", **variables: Any) -> None:
        self.flow = flow
        self.variables: dict[str, Any] = dict(variables)
        self.log: list[rules.Effect] = []
        self._take(rules.start(flow, variables=self.variables, element=element))

    def _take(self, advance: rules.Advance) -> None:
        self.state = State.from_json(advance.state.to_json())
        self.variables.update(advance.variables)
        self.effects = advance.effects
        self.log += advance.effects

    def tell(self, event: rules.Event) -> "Case":
        self._take(rules.advance(self.flow, self.state, event, variables=self.variables))
        return self

    def token(self, element: str) -> str:
        """Return the first token that stands at an element."""
        return next(key for key, one in self.state.tokens.items() if one.element == element)

    def complete(self, element: str, **outcome: Any) -> "Case":
        return self.tell(rules.TaskCompleted(self.token(element), outcome))

    @property
    def places(self) -> list[str]:
        """Return where tokens wait."""
        return sorted(token.element for token in self.state.tokens.values())

    def of(self, kind: type[Any]) -> list[Any]:
        """Return all effects of a kind so far."""
        return [effect for effect in self.log if isinstance(effect, kind)]

    @property
    def ended(self) -> str:
        ends = self.of(rules.Ended)
        return ends[-1].result if ends else ""
