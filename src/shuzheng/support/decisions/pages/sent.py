"""What an official wrote in either editor: the model, its examples, and what was found of them."""

from collections.abc import Mapping
from dataclasses import dataclass

from shuzheng.infrastructure.access.rules import Actor
from shuzheng.infrastructure.web.operations import number_in
from shuzheng.support.decisions.pages.rows import read_rows
from shuzheng.support.decisions.queries import (
    Draft,
    Version,
    get_decision,
    get_draft,
    get_model_text,
    get_version,
)
from shuzheng.support.decisions.rules import (
    DecisionRefusal,
    DraftUnknown,
    Examination,
    VersionUnknown,
    examine,
    require_owner,
    rewrite_rules,
    write_cases,
)
from shuzheng.support.decisions.rules.definitions import Decision, TableBox
from shuzheng.support.decisions.rules.reader import read_definitions


@dataclass(frozen=True, slots=True)
class Written:
    """A model as it stands in an editor, and what belongs to it.

    Attributes:
        version: what is changed.
        cases: the examples as typed.
        draft: where it is kept, None if nowhere yet.
        revision: the saving of the draft that was opened.
    """

    version: Version
    xml: bytes
    cases: str
    reasons: str = ""
    draft: int | None = None
    revision: int | None = None

    @property
    def table(self) -> TableBox | None:
        """The table of the decision as it stands; None if it is none or cannot be read."""
        try:
            elements = read_definitions(self.xml).elements
        except DecisionRefusal:
            return None
        meant = (each for each in elements if each.name == self.version.decision)
        box = next((each.expression for each in meant if isinstance(each, Decision)), None)
        return box if isinstance(box, TableBox) else None

    def examine(self) -> Examination:
        """Examine it against the version it changes."""
        version = self.version
        return examine(
            before=version.model, xml=self.xml, decision=version.decision, cases=self.cases
        )


def start_writing(key: str, draft: str, *, by: Actor) -> Written:
    """Start from a draft, else from the version in force.

    Raises:
        DecisionOfOtherDepartment: the actor's department does not own the decision.
        VersionUnknown, DraftUnknown: there is nothing to start from.
    """
    number = number_in(draft)
    if number is not None:
        return written_in(_draft_of(key, number), by=by)
    version = get_decision(key)
    require_owner(by, version.department, title=version.title)
    return Written(version, get_model_text(version.id), write_cases(version.cases))


def written_in(draft: Draft, *, by: Actor) -> Written:
    """Return what a draft holds.

    Raises:
        DecisionOfOtherDepartment: the actor's department does not own the decision.
    """
    version, row = get_version(draft.row.base), draft.row
    require_owner(by, version.department, title=version.title)
    return Written(version, draft.xml, draft.cases_text, row.reasons, row.id, row.revision)


def _draft_of(key: str, number: int) -> Draft:
    draft = get_draft(number)
    if draft.row.key != key:
        raise DraftUnknown(draft=number)
    return draft


def read_written(key: str, posted: Mapping[str, str], *, by: Actor) -> Written:
    """Read what was sent; both editors send the model, the table its rows as well.

    Raises:
        DecisionOfOtherDepartment: the actor's department does not own the decision.
        VersionUnknown, DraftUnknown: what was changed is no version or draft of the decision.
    """
    draft = number_in(posted.get("draft", ""))
    base = number_in(posted.get("version", "")) if draft is None else _draft_of(key, draft).row.base
    version = get_version(base or 0)
    if version.key != key:
        raise VersionUnknown(decision=key)
    require_owner(by, version.department, title=version.title)
    xml = posted.get("model", "").encode() or get_model_text(version.id)
    cases, reasons = posted.get("cases", ""), posted.get("reasons", "")
    written = Written(version, xml, cases, reasons, draft, number_in(posted.get("revision", "")))
    return _with_rows(written, posted) if "rule-0" in posted else written


def _with_rows(written: Written, posted: Mapping[str, str]) -> Written:
    box, version = written.table, written.version
    if box is None:
        return written
    xml = rewrite_rules(written.xml, version.decision, read_rows(posted, box))
    kept = (written.cases, written.reasons, written.draft, written.revision)
    return Written(version, xml, *kept)
