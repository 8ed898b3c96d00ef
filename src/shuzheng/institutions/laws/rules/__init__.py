"""The policy library: texts, what is in force, and what the city's content cites."""

from shuzheng.infrastructure.access.rules import declare_permission
from shuzheng.infrastructure.journal.rules import declare_entry_kind
from shuzheng.institutions.laws.rules.citations import find_in
from shuzheng.institutions.laws.rules.library import (
    READ_ELSEWHERE,
    Article,
    ArticleUnknown,
    CitedArticle,
    CitedClause,
    FolderWithoutLaws,
    LawRefusal,
    LawUnknown,
    LawVersion,
    by_article,
)
from shuzheng.institutions.laws.rules.repeals import Repeal, in_force_from, repeals_among
from shuzheng.institutions.laws.rules.shelf import Shelf, open_shelf
from shuzheng.institutions.laws.rules.status import (
    STATUS_WORDS,
    CitationStatus,
    Validity,
    status_of,
)
from shuzheng.institutions.laws.rules.texts import (
    ArticleText,
    LawText,
    LawTextUnreadable,
    digest_of,
    plain_title,
    read_law,
)

IMPORT_LAWS = declare_permission("laws.import", "导入法律条文库")
LAWS_IMPORTED = declare_entry_kind(
    "laws.imported", "导入了法律条文库", facts=("laws", "articles", "snapshot_on")
)

__all__ = [
    "IMPORT_LAWS",
    "LAWS_IMPORTED",
    "READ_ELSEWHERE",
    "STATUS_WORDS",
    "Article",
    "ArticleText",
    "ArticleUnknown",
    "CitationStatus",
    "CitedArticle",
    "CitedClause",
    "FolderWithoutLaws",
    "LawRefusal",
    "LawText",
    "LawTextUnreadable",
    "LawUnknown",
    "LawVersion",
    "Repeal",
    "Shelf",
    "Validity",
    "by_article",
    "digest_of",
    "find_in",
    "in_force_from",
    "open_shelf",
    "plain_title",
    "read_law",
    "repeals_among",
    "status_of",
]
