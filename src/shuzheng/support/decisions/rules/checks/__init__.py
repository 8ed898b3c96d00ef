"""What can be known of a model's tables without running them."""

from shuzheng.support.decisions.rules.checks.callers import check_callers
from shuzheng.support.decisions.rules.checks.cells import check_cells
from shuzheng.support.decisions.rules.checks.clauses import check_clauses
from shuzheng.support.decisions.rules.checks.coverage import check_coverage
from shuzheng.support.decisions.rules.checks.findings import Finding
from shuzheng.support.decisions.rules.definitions import Element, InputData, KnowledgeModel
from shuzheng.support.decisions.rules.model import Model

__all__ = ["Finding", "check_callers", "check_model"]


def check_model(model: Model) -> tuple[Finding, ...]:
    """Return what is wrong, or may be, with the tables of a model; the worst first.

    Overlaps, gaps and unreachable rules come with inputs that show them. Cells that are more than
    constants are taken to accept anything for gaps, and nothing for overlaps, so that what is
    reported is so.
    """
    found: list[Finding] = []
    for label, table in model.tables.items():
        found += check_cells(table, _known(model, model.parts[label].element))
        found += check_coverage(table)
    found += check_clauses(model)
    return tuple(sorted(found, key=lambda each: each.severity))


def _known(model: Model, element: Element) -> frozenset[str] | None:
    """Return the names a table may use, None if the model declares no input data at all."""
    references = getattr(element, "requires", ())
    if not any(isinstance(each, InputData) for each in model.definitions.elements):
        return None
    names = {model.by_id[each].element.name for each in references if each in model.by_id}
    names |= {each.name for each in model.definitions.imports}
    if isinstance(element, KnowledgeModel) and element.function:
        names |= {each.name for each in element.function.parameters}
    return frozenset(names)
