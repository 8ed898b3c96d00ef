"""What a fault is, and the list of all."""

from dataclasses import dataclass

from shuzheng.policy.refusals import Sentence


@dataclass(frozen=True, slots=True)
class Fault:
    """A kind of fault: a stable code, and a Chinese sentence with its facts in braces."""

    code: str
    template: str

    def __call__(self, **facts: object) -> Sentence:
        """Return the sentence with its facts."""
        return Sentence(self.code, self.template, facts)


_declared: dict[str, Fault] = {}


def declare(code: str, template: str) -> Fault:
    """Declare a fault once.

    Raises:
        ValueError: the code stands for another sentence already.
    """
    fault = Fault(code, template)
    if _declared.setdefault(code, fault) != fault:
        raise ValueError(f"fault {code!r} is declared twice")
    return fault


def declared_faults() -> tuple[Fault, ...]:
    """Return every fault by its code."""
    return tuple(_declared[code] for code in sorted(_declared))


def get_fault(code: str) -> Fault | None:
    """Return the fault of a code, None if nothing has that code (any more)."""
    return _declared.get(code)
