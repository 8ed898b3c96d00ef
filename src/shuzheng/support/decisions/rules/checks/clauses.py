"""Rules that rest on no clause, in models that write down what their rules rest on."""

from collections.abc import Iterator

from shuzheng.policy.refusals import gettext_noop
from shuzheng.support.decisions.rules.checks.findings import Finding
from shuzheng.support.decisions.rules.model import Model
from shuzheng.support.decisions.rules.tables import CLAUSE_COLUMNS, MatchedRule, Table

NO_CLAUSE = gettext_noop("第 {rule} 条规则没有写依据")
NO_CLAUSES = gettext_noop("所有规则都没有写依据")


def check_clauses(model: Model) -> Iterator[Finding]:
    """Yield the rules without a clause, if any table of the model has a column for it."""
    if not any(map(_has_column, model.tables.values())):
        return
    for table in model.tables.values():
        bare = [rule for rule in table.matched if not rule.clause.strip()]
        if bare and len(bare) == len(table.matched):
            yield Finding("table-no-clause", "error", table.label, _numbers(bare), "", NO_CLAUSES)
            continue
        for rule in bare:
            facts = {"rule": rule.number}
            yield Finding(
                *("table-no-clause", "error", table.label, (rule.number,), ""), NO_CLAUSE, facts
            )


def _has_column(table: Table) -> bool:
    return any(name in CLAUSE_COLUMNS for name in table.box.notes)


def _numbers(rules: list[MatchedRule]) -> tuple[int, ...]:
    return tuple(rule.number for rule in rules)
