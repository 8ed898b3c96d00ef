"""DMN texts for tests, made from a few lines."""

from xml.sax.saxutils import escape, quoteattr

NAMESPACE = "https://www.omg.org/spec/DMN/20230324/MODEL/"


def model(*elements: str, namespace: str = "https://example.org/test") -> bytes:
    """Wrap elements into a model."""
    head = f'<definitions xmlns="{NAMESPACE}" name="test" namespace="{namespace}">'
    return (head + "".join(elements) + "</definitions>").encode()


def input_data(name: str, type_ref: str = "") -> str:
    reference = f' typeRef="{type_ref}"' if type_ref else ""
    return f'<inputData id="{name}" name="{name}"><variable name="{name}"{reference}/></inputData>'


def decision(name: str, box: str, *, needs: tuple[str, ...] = (), type_ref: str = "") -> str:
    reference = f' typeRef="{type_ref}"' if type_ref else ""
    return (
        f'<decision id="{name}" name="{name}"><variable name="{name}"{reference}/>'
        + "".join(
            f'<informationRequirement><requiredInput href="#{each}"/></informationRequirement>'
            for each in needs
        )
        + box
        + "</decision>"
    )


def literal(text: str) -> str:
    return f"<literalExpression><text>{escape(text)}</text></literalExpression>"


def table(
    inputs: tuple[str, ...],
    rules: tuple[tuple[str, ...], ...],
    *,
    outputs: tuple[str, ...] = ("result",),
    policy: str = "UNIQUE",
    aggregation: str = "",
    output_values: str = "",
    input_values: tuple[str, ...] = (),
    types: tuple[str, ...] = (),
    laws: tuple[str, ...] = (),
) -> str:
    """Write a decision table; each rule lists its conditions, then its conclusions."""
    extra = f" aggregation={quoteattr(aggregation)}" if aggregation else ""
    text = f'<decisionTable id="table" hitPolicy={quoteattr(policy)}{extra}>'
    for place, name in enumerate(inputs):
        reference = f' typeRef="{types[place]}"' if types else ""
        allowed = input_values[place] if input_values else ""
        text += f"<input><inputExpression{reference}><text>{escape(name)}</text></inputExpression>"
        text += f"<inputValues><text>{escape(allowed)}</text></inputValues>" if allowed else ""
        text += "</input>"
    values = f"<outputValues><text>{escape(output_values)}</text></outputValues>"
    for name in outputs:
        text += f"<output name={quoteattr(name)}>{values if output_values else ''}</output>"
    text += '<annotation name="law"/>' if laws else ""
    for number, rule in enumerate(rules, 1):
        text += f'<rule id="rule-{number}">'
        for place, cell in enumerate(rule):
            tag = "inputEntry" if place < len(inputs) else "outputEntry"
            text += f"<{tag}><text>{escape(cell)}</text></{tag}>"
        if laws:
            text += f"<annotationEntry><text>{escape(laws[number - 1])}</text></annotationEntry>"
        text += "</rule>"
    return text + "</decisionTable>"


def table_model(inputs: tuple[str, ...], rules: tuple[tuple[str, ...], ...], **options) -> bytes:
    """Return a model of one table named ``decision`` whose inputs are input data."""
    types = options.get("types") or ("",) * len(inputs)
    data = [input_data(name, type_ref) for name, type_ref in zip(inputs, types, strict=True)]
    return model(*data, decision("decision", table(inputs, rules, **options), needs=inputs))
