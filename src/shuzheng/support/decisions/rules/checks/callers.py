"""What a changed decision asks of those who call it: flows and matters give it its inputs."""

from collections.abc import Iterator

from shuzheng.policy.refusals import gettext_noop
from shuzheng.support.decisions.rules.checks.findings import Finding
from shuzheng.support.decisions.rules.model import Model

NEW_INPUT = gettext_noop("新增了输入“{input}”：调用这项决策的流程须给出它，否则判断时会报缺少输入")


def check_callers(before: Model, after: Model, decision: str) -> Iterator[Finding]:
    """Yield the inputs that nobody had to give until now."""
    known = {field.name for field in before.inputs_of(decision)}
    for field in after.inputs_of(decision):
        if field.name not in known:
            facts = {"input": field.name}
            yield Finding("input-new", "warning", decision, (), field.name, NEW_INPUT, facts)
