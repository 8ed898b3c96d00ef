"""The journal of a case, and a proof that anyone can check without this house."""

import json

from django.apps import apps
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from shuzheng.applications.desk.pages.frame import frame
from shuzheng.applications.desk.pages.inbox import official_of
from shuzheng.infrastructure.journal.operations import prove_case
from shuzheng.infrastructure.journal.queries import list_entries_of_case
from shuzheng.infrastructure.journal.rules import declared_entry_kinds
from shuzheng.infrastructure.web.operations import attachment, page, requires
from shuzheng.policy.refusals import gettext_noop
from shuzheng.support.cases.rules import AUDIT_CASES


@requires(AUDIT_CASES)
def journal_of_case(request: HttpRequest, number: str) -> HttpResponse:
    """Show every entry of a case: who, on which post, did what, why, when, and its seal."""
    official_of(request)
    context = {
        **frame(request),
        "number": number,
        "entries": list_entries_of_case(number),
        "systems": {each.label: each.verbose_name for each in apps.get_app_configs()},
        "sentences": {each.name: each.sentence for each in declared_entry_kinds()},
    }
    return page(request, "desk/journal.html", context)


@requires(AUDIT_CASES)
def proof_of_case(request: HttpRequest, number: str) -> HttpResponse:
    """Hand out the entries of a case with their inclusion proofs."""
    proof = prove_case(
        case=number, purpose=gettext_noop("审计导出"), by=official_of(request), at=timezone.now()
    )
    content = json.dumps(proof, ensure_ascii=False, indent=1).encode()
    return attachment(request, content, f"{number}.json", "application/json")
