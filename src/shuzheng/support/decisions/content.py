"""Decisions as content: a YAML item, the DMN model beside it, and examples that must come out."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from pydantic import Field

from shuzheng.infrastructure.access.rules import Actor
from shuzheng.infrastructure.content.rules import (
    ContentKind,
    ContentModel,
    Item,
    Library,
    Problem,
    register_kind,
)
from shuzheng.policy.citations import Citation
from shuzheng.support.decisions.operations import decision_in, put_version, take_back
from shuzheng.support.decisions.queries import get_model_text, get_version, list_versions
from shuzheng.support.decisions.rules import (
    Case,
    DecisionRefusal,
    Model,
    Publication,
    check_model,
    names_of_values,
    read_cases,
    read_model,
    run_cases,
    write_cases,
)


class DecisionContent(ContentModel):
    """A decision.

    Attributes:
        key: what flows and matters call it by.
        department: code of the department that owns it and may change it in the browser; without
            one it is changed here only.
        model: DMN file beside the YAML; ``<key>.dmn`` if not said.
        decision: name of the decision in it; the key, or the only one, if not said.
        citations: the law it rests on as a whole; a rule's own clause is its annotation.
        optional: inputs that may be absent and are then null.
        words: what people call a value, by the input or conclusion it is a value of (a conclusion
            without a name has the decision's); a value without words is shown as it is.
    """

    key: str = Field(pattern=r"^[a-z][a-z0-9_.-]+$", max_length=80)
    title: str = Field(min_length=1, max_length=120)
    department: str = Field(default="", max_length=64)
    model: str = Field(default="", pattern=r"^[^/\\]*$")
    decision: str = Field(default="", max_length=120)
    citations: tuple[Citation, ...] = ()
    optional: tuple[str, ...] = ()
    words: dict[str, dict[str, str]] = {}


def model_of(value: DecisionContent) -> str:
    """Return the name of a decision's DMN file."""
    return value.model or f"{value.key}.dmn"


def _key(value: DecisionContent) -> str:
    return value.key


def _companions(value: DecisionContent) -> tuple[str, ...]:
    return (model_of(value),)


def cases_of(value: DecisionContent) -> str:
    """Return the name of the file of a decision's examples."""
    return f"{value.key}.cases.yaml"


def _optional_companions(value: DecisionContent) -> tuple[str, ...]:
    return (cases_of(value),)


def _published(item: Item) -> Mapping[str, bytes]:
    """Return the files of the newest version, as they were drafted in the browser."""
    version = get_version(list_versions(item.key)[0].id)
    return {
        model_of(item.value): get_model_text(version.id),
        cases_of(item.value): write_cases(version.cases).encode(),
    }


def _check(item: Item, library: Library) -> Iterable[Problem]:
    return (*_check_department(item, library), *_check_model(item))


def _check_department(item: Item, library: Library) -> Iterator[Problem]:
    code = item.value.department
    if code and library.get("department", code) is None:
        yield item.problem("department", message=f"没有编码为“{code}”的部门")


def _check_model(item: Item) -> Iterable[Problem]:
    path = item.path.parent / model_of(item.value)
    try:
        model = read_model(item.read(model_of(item.value)))
        name = decision_in(model, key=item.value.key, decision=item.value.decision)
    except DecisionRefusal as error:
        return (Problem(path=path, line=0, field=item.value.key, message=str(error)),)
    return (
        *_unknown_inputs(item, model, name),
        *_unknown_words(item, model, name),
        *_check_tables(item, model),
        *_check_cases(item, model, name),
    )


def _check_tables(item: Item, model: Model) -> Iterator[Problem]:
    """Refuse what cannot be meant; gaps are for the page, where they can be judged."""
    path = item.path.parent / model_of(item.value)
    for finding in check_model(model):
        if finding.severity == "error":
            yield Problem(path=path, line=0, field=finding.table, message=finding.message)


def _unknown_inputs(item: Item, model: Model, name: str) -> Iterator[Problem]:
    known = {field.name for field in model.inputs_of(name)}
    for each in item.value.optional:
        if each not in known:
            yield item.problem("optional", message=f"决策“{name}”没有输入“{each}”")


def _unknown_words(item: Item, model: Model, name: str) -> Iterator[Problem]:
    for each in item.value.words:
        if each not in names_of_values(model, name):
            yield item.problem("words", message=f"决策“{name}”没有输入或结论“{each}”")


def _read_cases(item: Item) -> tuple[Case, ...]:
    name = cases_of(item.value)
    return read_cases(item.read(name)) if item.has(name) else ()


def _check_cases(item: Item, model: Model, name: str) -> Iterator[Problem]:
    """Run the examples in ``<key>.cases.yaml``, if somebody wrote some."""
    path = item.path.parent / cases_of(item.value)
    try:
        cases = _read_cases(item)
    except DecisionRefusal as error:
        yield Problem(path=path, line=0, field="", message=str(error))
        return
    for outcome in run_cases(model, name, cases):
        if not outcome.passed:
            yield Problem(
                path=path,
                line=0,
                field=outcome.name,
                message=outcome.message,
                remedy="请改正决策表或这个用例。",
            )


def _apply(items: tuple[Item, ...], by: Actor, at: datetime) -> None:
    for item in items:
        publication = Publication(
            key=item.value.key,
            title=item.value.title,
            department=item.value.department,
            xml=item.read(model_of(item.value)),
            decision=item.value.decision,
            citations=tuple(each.reference for each in item.value.citations),
            optional=item.value.optional,
            words=item.value.words,
            cases=_read_cases(item),
        )
        put_version(publication, by=by, at=at)


def _remove(keys: tuple[str, ...], by: Actor, at: datetime) -> None:
    for key in keys:
        take_back(key=key, by=by, at=at)


DECISIONS = register_kind(
    ContentKind(
        name="decision",
        folder="decisions",
        model=DecisionContent,
        key=_key,
        after=("department",),
        companions=_companions,
        optional_companions=_optional_companions,
        check=_check,
        apply=_apply,
        remove=_remove,
        texts=lambda item: (item.value.title,),
        published=_published,
    )
)
