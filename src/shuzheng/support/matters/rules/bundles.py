"""Bundles (一件事): several matters asked for together, each ruled on by its own department."""

from collections.abc import Iterable
from datetime import date
from typing import Literal

from shuzheng.infrastructure.content.rules import ContentModel
from shuzheng.policy.citations import Citation
from shuzheng.policy.periods import Period
from shuzheng.support.matters.rules.elements import Extension, Material, Matter, ServiceStep


class Member(ContentModel):
    """A matter of the bundle; ``after`` names those whose notice starts its clock."""

    matter: str
    after: tuple[str, ...] = ()
    joint_visit: bool = False
    note: str = ""


class Guidance(ContentModel):
    """What the applicant must know or do though nobody grants it: no permit, no case."""

    key: str
    title: str
    text: str
    citations: tuple[Citation, ...] = ()


class Entrustment(ContentModel):
    """A department lets the joint window accept for it (行政许可法 第二十四条)."""

    principal: str
    agent: str
    document: str
    valid_from: date
    valid_until: date | None = None
    verified: bool = False


class Bundle(ContentModel):
    """One thing to get done, composed of matters.

    Forms of bundles share names: ``applicant_name``, ``applicant_id_number``, ``business_name``,
    ``premises_address`` stand on notices and licences; the answer ``premises`` is a reference.
    """

    key: str
    title: str
    title_en: str = ""
    valid_from: date
    summary: str
    words: tuple[str, ...] = ()
    department: str
    basis: tuple[Citation, ...]
    questions: str
    """Companion file: JSON Schema of the questions that decide which matters belong."""
    form: str
    """Companion file: JSON Schema of the one form."""
    legal_person_when: str = ""
    """FEEL over the answers: the applicant's enterprise is looked up and fills the form."""
    site_decision: str
    selection_decision: str
    members: tuple[Member, ...]
    guidance: tuple[Guidance, ...] = ()
    entrustments: tuple[Entrustment, ...] = ()
    materials: tuple[Material, ...] = ()
    steps: tuple[ServiceStep, ...] = ()
    promised_period: Period
    statutory_period: Period | None = None
    """How long joint handling may take at most (行政许可法 第四十二条第二款)."""
    extension: Extension | None = None
    correction_period: Period
    receiving_period: Period
    flow: str
    receive_duty: str
    visit_duty: str
    supervise_duty: str
    mobile: bool = True

    def member(self, matter: str) -> Member | None:
        """Return the member that stands for the matter."""
        return next((each for each in self.members if each.matter == matter), None)


class Revision(ContentModel):
    """What a case keeps of the content it runs under."""

    id: int
    kind: Literal["matter", "bundle"]
    key: str
    version: int
    matter: Matter | None = None
    bundle: Bundle | None = None
    questions: dict[str, object] = {}
    form: dict[str, object] = {}

    @property
    def title(self) -> str:
        """The title of the matter or bundle."""
        value = self.matter or self.bundle
        return value.title if value else ""

    @property
    def title_en(self) -> str:
        """The title in English, empty where the city gave none."""
        value = self.matter or self.bundle
        return value.title_en if value else ""


def entrustment_in_force(
    entrustments: Iterable[Entrustment], *, principal: str, agent: str, on: date
) -> Entrustment | None:
    """Return the entrustment under which ``agent`` accepts for ``principal`` on that day."""
    return next(
        (
            each
            for each in entrustments
            if each.principal == principal
            and each.agent == agent
            and each.valid_from <= on
            and (each.valid_until is None or on <= each.valid_until)
        ),
        None,
    )
