"""Content that cites, for tests of the library."""

from pydantic import Field

from shuzheng.infrastructure.content.rules import ContentKind, ContentModel
from shuzheng.institutions.laws.rules import digest_of
from shuzheng.policy.citations import Citation
from shuzheng.policy.periods import Period

SHA = digest_of("行政机关应当自受理之日起五日内决定。")


class Rule(ContentModel):
    """Something that cites."""

    code: str
    basis: tuple[Citation, ...] = Field(default=())
    period: Period | None = None


def nothing(*_args) -> None:
    """Apply or remove nothing."""


RULES = ContentKind(
    name="rule",
    folder="rules",
    model=Rule,
    key=lambda value: value.code,
    apply=nothing,
    remove=nothing,
)


CITING = """\
code: a
basis:
  - law: {law}
    version: {version}
    article: {article}
    says: 五日内决定
    sha256: {sha256}
    verified: {verified}
"""
RIGHT = {
    "law": "面馆法",
    "version": "2019-04-23",
    "article": "第三条",
    "sha256": SHA,
    "verified": "true",
}


def messages(problems):
    return [(each.line, each.field, each.message) for each in problems]
