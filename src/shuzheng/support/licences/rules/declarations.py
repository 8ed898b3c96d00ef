"""What may be done with licences and issued documents, and what is written down about it."""

from shuzheng.infrastructure.access.rules import declare_permission
from shuzheng.infrastructure.journal.rules import declare_entry_kind

ISSUE_LICENCES = declare_permission("licences.issue", "核发证照")
CORRECT_LICENCES = declare_permission("licences.correct", "更正并换发证照")
END_LICENCES = declare_permission("licences.end", "撤回、撤销、吊销或注销证照")
READ_LICENCES = declare_permission("licences.read", "查阅他人的证照和文书")
ISSUE_DOCUMENTS = declare_permission("documents.issue", "制作并发出加盖印章的文书")

_FACTS = ("code", "number", "identifier", "licence_type", "title", "sha256", "case", "recipient")
LICENCE_ISSUED = declare_entry_kind("licence.issued", "核发证照", facts=_FACTS)
LICENCE_CORRECTED = declare_entry_kind(
    "licence.corrected", "更正并换发证照", facts=(*_FACTS, "replaces", "reasons")
)
LICENCE_HANDED_OVER = declare_entry_kind(
    "licence.handed_over",
    "将新核发的证照移交监管部门",
    facts=("code", "number", "title", "supervised_by", "case"),
)
_END_FACTS = ("code", "number", "title", "reasons", "citation", "decision", "remedies", "link")
LICENCE_WITHDRAWN = declare_entry_kind("licence.withdrawn", "撤回证照", facts=_END_FACTS)
LICENCE_REVOKED = declare_entry_kind("licence.revoked", "撤销证照", facts=_END_FACTS)
LICENCE_FORFEITED = declare_entry_kind("licence.forfeited", "吊销证照", facts=_END_FACTS)
LICENCE_CANCELLED = declare_entry_kind("licence.cancelled", "注销证照", facts=_END_FACTS)
LICENCE_READ = declare_entry_kind("licence.read", "查阅证照", facts=("code", "number", "title"))
DOCUMENT_ISSUED = declare_entry_kind(
    "document.issued",
    "发出文书",
    facts=("code", "number", "title", "template", "sha256", "recipient"),
)
DOCUMENT_READ = declare_entry_kind("document.read", "查阅文书", facts=("code", "number", "title"))
