"""Which materials a case needs, and which are still missing."""

from collections.abc import Iterable, Iterator

from shuzheng.support.cases.models import Case
from shuzheng.support.cases.operations.record.forms import decision_inputs
from shuzheng.support.cases.operations.record.periods import today
from shuzheng.support.decisions.rules import compile_expression
from shuzheng.support.matters.queries import get_matter, get_revision
from shuzheng.support.matters.rules import Material


def wanted_materials(case: Case, *, matters: Iterable[str] | None = None) -> tuple[Material, ...]:
    """Return what the applicant has to give for the matters that belong, each once.

    What the platform holds is never asked for (最多跑一次规定 第七条).

    Args:
        matters: of these alone and of the bundle; of all that belong if not said.
    """
    inputs = decision_inputs(case)
    chosen = case.variables.get("matters", ()) if matters is None else matters
    wanted: dict[str, Material] = {}
    for material in _all_materials(case, chosen):
        if material.source != "applicant" or material.key in wanted:
            continue
        if not material.needed_when or compile_expression(material.needed_when).evaluate(inputs):
            wanted[material.key] = material
    return tuple(wanted.values())


def missing_materials(case: Case) -> tuple[Material, ...]:
    """Return the wanted materials without a file; those that may follow are not missing."""
    given = _given(case)
    return tuple(
        each for each in wanted_materials(case) if each.key not in given and not each.may_follow
    )


def given_materials(case: Case) -> tuple[Material, ...]:
    """Return the wanted materials of which a file was handed in."""
    given = _given(case)
    return tuple(each for each in wanted_materials(case) if each.key in given)


def matters_asking(case: Case) -> dict[str, list[str]]:
    """Return which of the chosen matters ask for each material; those of the bundle are left out.

    What the bundle itself asks for, all of them rest on.
    """
    bundle = get_revision(case.revision_id).bundle
    common = {each.key for each in bundle.materials} if bundle else set()
    asking: dict[str, list[str]] = {}
    for key in case.variables.get("matters", ()):
        matter = get_matter(key, on=today(case.submitted_at or case.created_at)).matter
        for material in matter.materials if matter else ():
            if material.key not in common:
                asking.setdefault(material.key, []).append(key)
    return asking


def _given(case: Case) -> set[str]:
    return set(case.attachments.filter(is_removed=False).values_list("material", flat=True))


def _all_materials(case: Case, matters: Iterable[str]) -> Iterator[Material]:
    bundle = get_revision(case.revision_id).bundle
    if bundle:
        yield from bundle.materials
    for key in matters:
        matter = get_matter(key, on=today(case.submitted_at or case.created_at)).matter
        if matter:
            yield from matter.materials
