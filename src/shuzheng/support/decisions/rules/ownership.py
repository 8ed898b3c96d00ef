"""Who may change a rule: an official of the department that owns it."""

from shuzheng.infrastructure.access.rules import Actor
from shuzheng.support.decisions.rules.draft_refusals import DecisionOfOtherDepartment


def owns(actor: Actor, department: str) -> bool:
    """Say whether the actor is an official of the department that owns a decision, if one does."""
    return actor.kind == "official" and bool(department) and actor.department == department


def require_owner(actor: Actor, department: str, *, title: str) -> None:
    """Refuse unless the actor is of the department that owns the decision.

    Raises:
        DecisionOfOtherDepartment: it is another's, or no department's.
    """
    if not owns(actor, department):
        raise DecisionOfOtherDepartment(title=title)
