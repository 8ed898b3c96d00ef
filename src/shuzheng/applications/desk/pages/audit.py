"""The journal of a case, and a proof that anyone can check without this house."""

import json

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext

from shuzheng.applications.desk.pages.frame import frame
from shuzheng.applications.desk.pages.inbox import official_of
from shuzheng.infrastructure.journal.operations import prove_case
from shuzheng.infrastructure.journal.queries import list_entries_of_case
from shuzheng.infrastructure.journal.rules import declared_entry_kinds
from shuzheng.infrastructure.web.operations import attachment, page, requires
from shuzheng.policy.refusals import gettext_noop
from shuzheng.support.cases.rules import AUDIT_CASES

SYSTEMS = {
    "calendar": gettext_noop("日历"),
    "cases": gettext_noop("办件"),
    "cases.help": gettext_noop("代办"),
    "cases.migrate": gettext_noop("办件换用新流程"),
    "content.plan": gettext_noop("城市内容"),
    "escalation": gettext_noop("提级督办"),
    "handing_over": gettext_noop("工作交接"),
    "identity.real_name": gettext_noop("实名核验"),
    "licences": gettext_noop("文书和证照"),
    "message": gettext_noop("消息"),
    "messages": gettext_noop("消息"),
    "reminders": gettext_noop("到期提醒"),
    "timers": gettext_noop("计时"),
    "vacancies": gettext_noop("岗位空缺"),
}
"""The house's own doings as an auditor reads them; what has no name here is shown as it is."""


@requires(AUDIT_CASES)
def journal_of_case(request: HttpRequest, number: str) -> HttpResponse:
    """Show every entry of a case: who, on which post, did what, why, when, and its seal."""
    official_of(request)
    context = {
        **frame(request),
        "number": number,
        "entries": list_entries_of_case(number),
        "systems": {key: gettext(name) for key, name in SYSTEMS.items()},
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
