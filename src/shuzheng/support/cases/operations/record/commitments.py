"""Whether a matter is granted on the applicant's commitment (告知承诺)."""

from shuzheng.support.cases.models import Case
from shuzheng.support.cases.operations.record.forms import decision_inputs
from shuzheng.support.decisions.rules import compile_expression
from shuzheng.support.matters.queries import get_revision
from shuzheng.support.matters.rules import Commitment


def commitment_of(case: Case) -> Commitment | None:
    """Return how the matter of a case is granted on a commitment, if it can be."""
    matter = get_revision(case.revision_id).matter
    return matter.commitment if matter else None


def is_by_commitment(case: Case) -> bool:
    """Say whether the applicant chose to commit for the matter of a case."""
    provision = commitment_of(case)
    return provision is not None and bool(
        compile_expression(provision.when).evaluate(decision_inputs(case))
    )
