"""What citizens read of matters and bundles, sentence by sentence, for whoever translates it."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from shuzheng.support.matters.rules.bundles import Bundle
from shuzheng.support.matters.rules.elements import Extension, Material, Matter, ServiceStep


def texts_of_matter(matter: Matter) -> Iterator[str]:
    """Yield the sentences of a matter's guide; its title has its own English field.

    Of one that nobody applies for, the names of the facts that officials see.
    """
    if not matter.offered:
        yield from (fact.label for opening in matter.opened_by for fact in opening.facts)
        return
    yield matter.summary
    yield from (each.text for each in matter.conditions)
    yield from _of_materials(matter.materials)
    yield from _of_steps(matter.steps)
    yield from (each.name for each in matter.special_procedures)
    yield from (each.name for each in matter.results)
    yield from _of_extension(matter.extension)


def texts_of_bundle(bundle: Bundle) -> Iterator[str]:
    """Yield the sentences of a bundle's guide."""
    yield bundle.summary
    for each in bundle.guidance:
        yield from (each.title, each.text)
    yield from _of_materials(bundle.materials)
    yield from _of_steps(bundle.steps)
    yield from _of_extension(bundle.extension)


def texts_of_form(schema: Mapping[str, Any]) -> Iterator[str]:
    """Yield the words of a form: its parts, questions, hints, choices and units."""
    yield from schema.get("x-pages", {}).values()
    for each in schema.get("properties", {}).values():
        yield from (each.get("title", ""), each.get("x-hint", ""), each.get("x-unit", ""))
        yield str(each.get("x-message", ""))
        yield from map(str, each.get("x-enum-labels", {}).values())


def _of_materials(materials: Iterable[Material]) -> Iterator[str]:
    for each in materials:
        yield from (each.name, each.source_name, each.standard, each.hint)
        yield from (clause.text for clause in (each.statement.clauses if each.statement else ()))


def _of_extension(extension: Extension | None) -> Iterator[str]:
    if extension:
        yield from (extension.approver, extension.period.words)


def _of_steps(steps: Iterable[ServiceStep]) -> Iterator[str]:
    for each in steps:
        yield from (each.title, each.who, each.days)
