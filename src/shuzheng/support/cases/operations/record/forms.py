"""Keep what the applicant entered encrypted in the case's row."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from shuzheng.infrastructure.keys import operations as keys
from shuzheng.support.cases.models import Case
from shuzheng.support.cases.operations.record.rows import form_of
from shuzheng.support.cases.rules import Edit, FormData, Provenance


def read_form(case: Case) -> FormData:
    """Return what stands in the case; empty for a new draft."""
    encrypted = form_of(case)
    if not encrypted:
        return FormData()
    content = json.loads(keys.decrypt(encrypted, context=f"case:{case.number}"))
    return FormData(
        answers=content["answers"],
        values=content["values"],
        sources={name: Provenance(**each) for name, each in content["sources"].items()},
        edits={name: Edit(**each) for name, each in content.get("edits", {}).items()},
    )


def write_form(case: Case, form: FormData) -> None:
    """Put the form into the row; the caller saves it."""
    content = {
        "answers": dict(form.answers),
        "values": dict(form.values),
        "sources": {name: asdict(each) for name, each in form.sources.items()},
        "edits": {name: asdict(each) for name, each in form.edits.items()},
    }
    case.form_encrypted = keys.encrypt(
        json.dumps(content, ensure_ascii=False), context=f"case:{case.number}"
    )


def decision_inputs(case: Case) -> Mapping[str, Any]:
    """Return what decisions may read: variables, answers and form values of the bundle, by name."""
    form = read_form(case.root or case)
    return {
        **case.variables,
        **form.values,
        **form.answers,
        "matters": (case.root or case).variables.get("matters", []),
    }
