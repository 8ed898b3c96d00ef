"""Who broke a commitment may not commit again for a while."""

from datetime import datetime

from shuzheng.support.cases.models import Case, CommitmentBar
from shuzheng.support.cases.operations.record import periods
from shuzheng.support.cases.operations.record.forms import decision_inputs
from shuzheng.support.cases.rules.committing import CommitmentBarred
from shuzheng.support.decisions.rules import compile_expression
from shuzheng.support.matters.queries import get_matter


def require_not_barred(case: Case, *, at: datetime) -> None:
    """Refuse an application that commits in a matter where the applicant may not for now.

    Raises:
        CommitmentBarred: the first such matter, by name.
    """
    barred = CommitmentBar.objects.filter(person=case.applicant_person, ended_at__isnull=True)
    keys = set(barred.values_list("matter", flat=True)) & set(case.variables.get("matters", ()))
    if not keys:
        return
    inputs = decision_inputs(case)
    for key in sorted(keys):
        matter = get_matter(key, on=periods.today(at)).matter
        provision = matter.commitment if matter else None
        if provision and compile_expression(provision.when).evaluate(inputs):
            raise CommitmentBarred(matter=matter.title if matter else key)
