"""What can be wrong with a drawing: a stable code, the sentence, and what to do.

The rules are pure and know no language: a problem hands on its code and facts, and the page says
the sentence. Sources: BPMN 2.0.2 (ISO/IEC 19510), the clause of the element concerned, unless the
code says that this engine does not run something (``unsupported-…``) or is about posts.
"""

from collections.abc import Mapping

from shuzheng.policy.refusals import Sentence
from shuzheng.support.workflow.rules.refusals import FlowProblem
from shuzheng.support.workflow.rules.sentences import (
    activities,
    data,
    duties,
    events,
    files,
    lines,
    running,
    starts,
)
from shuzheng.support.workflow.rules.sentences.declaring import ProblemKind

KINDS = (
    *files.KINDS,
    *lines.KINDS,
    *events.KINDS,
    *activities.KINDS,
    *data.KINDS,
    *running.KINDS,
    *duties.KINDS,
    *starts.KINDS,
)
"""Everything that can be said of a drawing, by subject."""
_BY_CODE: Mapping[str, ProblemKind] = {kind.code: kind for kind in KINDS}


def describe(code: str, element: str, line: int = 0, /, **facts: object) -> FlowProblem:
    """Return a problem in the words of its code."""
    kind = _BY_CODE[code]
    sentence, way_out = (Sentence(code, text, facts) for text in (kind.template, kind.remedy))
    return FlowProblem(code, element, sentence, way_out, kind.severity, line)
