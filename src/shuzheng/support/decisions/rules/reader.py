"""A DMN text to the records of a model."""

from typing import Any

from lxml import etree

from shuzheng.support.decisions.rules.box_reader import (
    find_box,
    read_function,
    read_name,
    read_type_ref,
)
from shuzheng.support.decisions.rules.definitions import (
    Decision,
    DecisionService,
    Definitions,
    Element,
    Import,
    InputData,
    ItemDefinition,
    KnowledgeModel,
    KnowledgeSource,
    Parameter,
)
from shuzheng.support.decisions.rules.errors import ModelHostile, ModelInvalid
from shuzheng.support.decisions.rules.faults import model
from shuzheng.support.decisions.rules.limits import DEFAULT_LIMITS, Limits
from shuzheng.support.decisions.rules.names import normalise
from shuzheng.support.decisions.rules.xml_reader import (
    child,
    children,
    local_name,
    read_xml,
    text_of_child,
)

_REQUIREMENTS = ("informationRequirement", "knowledgeRequirement")
_REQUIRED = ("requiredInput", "requiredDecision", "requiredKnowledge")


def read_definitions(xml: bytes, limits: Limits = DEFAULT_LIMITS) -> Definitions:
    """Return the records of a model.

    Raises:
        ModelHostile: the bytes cannot be read safely.
        ModelInvalid: they are not DMN, or an element lacks what it needs.
    """
    root = read_xml(xml, limits)
    if local_name(root) != "definitions" or "DMN" not in str(etree.QName(root).namespace):
        raise ModelInvalid(element=local_name(root), problem=model.NO_DEFINITIONS())
    if sum(1 for _ in root.iter("{*}text")) > limits.model_texts:
        raise ModelHostile(problem=model.TOO_MANY_TEXTS(limit=limits.model_texts))
    elements = tuple(_READERS[local_name(each)](each) for each in children(root, *_READERS))
    _check_unique(elements)
    return Definitions(
        name=root.get("name", ""),
        namespace=root.get("namespace", ""),
        elements=elements,
        items=tuple(map(_item, children(root, "itemDefinition"))),
        imports=tuple(
            Import(read_name(each), each.get("namespace", ""))
            for each in children(root, "import")
            if "MODEL" in each.get("importType", "") or "DMN" in each.get("importType", "").upper()
        ),
        sources=tuple(
            KnowledgeSource(each.get("id", ""), read_name(each), normalise(each.get("label", "")))
            for each in children(root, "knowledgeSource")
        ),
    )


def _check_unique(elements: tuple[Element, ...]) -> None:
    for what in ("id", "name"):
        seen: set[str] = set()
        for element in elements:
            value = getattr(element, what)
            if value in seen or not value:
                raise ModelInvalid(
                    element=element.name or element.id,
                    problem=model.MISSING_OR_TWICE(attribute=what),
                )
            seen.add(value)


def _variable_type(element: etree._Element) -> str:
    variable = child(element, "variable")
    return read_type_ref(variable)


def _head(element: etree._Element) -> tuple[str, str, str]:
    name = read_name(element)
    return element.get("id") or name, name, _variable_type(element)


def _shown(element: etree._Element) -> dict[str, Any]:
    required = children(element, "authorityRequirement")
    names = ("requiredAuthority", "requiredDecision", "requiredInput")
    return {
        "label": normalise(element.get("label", "")),
        "authority": tuple(each for one in required for each in _references(one, *names)),
    }


def _input_data(element: etree._Element) -> Element:
    return InputData(*_head(element), **_shown(element))


def _decision(element: etree._Element) -> Element:
    return Decision(
        *_head(element),
        requires=_requires(element),
        expression=find_box(element),
        question=text_of_child(element, "question"),
        description=text_of_child(element, "description"),
        **_shown(element),
    )


def _knowledge_model(element: etree._Element) -> Element:
    logic = child(element, "encapsulatedLogic")
    function = None if logic is None else read_function(logic)
    return KnowledgeModel(
        *_head(element), requires=_requires(element), function=function, **_shown(element)
    )


def _service(element: etree._Element) -> Element:
    return DecisionService(
        *_head(element),
        outputs=_references(element, "outputDecision"),
        input_decisions=_references(element, "inputDecision"),
        input_data=_references(element, "inputData"),
        **_shown(element),
    )


def _requires(element: etree._Element) -> tuple[str, ...]:
    return tuple(
        reference
        for requirement in children(element, *_REQUIREMENTS)
        for reference in _references(requirement, *_REQUIRED)
    )


def _references(element: etree._Element, *names: str) -> tuple[str, ...]:
    return tuple(each.get("href", "").removeprefix("#") for each in children(element, *names))


def _item(element: etree._Element) -> ItemDefinition:
    allowed = text_of_child(element, "typeConstraint", "text") or text_of_child(
        element, "allowedValues", "text"
    )
    function = child(element, "functionItem")
    return ItemDefinition(
        read_name(element),
        read_type_ref(element),
        element.get("isCollection") == "true",
        allowed,
        tuple(map(_item, children(element, "itemComponent"))),
        _function_parameters(function),
        "" if function is None else function.get("outputTypeRef", ""),
    )


def _function_parameters(function: etree._Element | None) -> tuple[Parameter, ...] | None:
    if function is None:
        return None
    return tuple(
        Parameter(read_name(each), read_type_ref(each)) for each in children(function, "parameters")
    )


_READERS = {
    "inputData": _input_data,
    "decision": _decision,
    "businessKnowledgeModel": _knowledge_model,
    "decisionService": _service,
}
