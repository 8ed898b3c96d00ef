"""The elements of a matter (政务服务事项要素), as a city writes them in content."""

from datetime import date
from typing import Literal

from pydantic import Field

from shuzheng.infrastructure.content.rules import ContentModel
from shuzheng.policy.citations import Citation
from shuzheng.policy.periods import Period
from shuzheng.policy.refusals import gettext_noop

MaterialSource = Literal["applicant", "register", "earlier_ruling"]
MatterType = Literal[
    "行政许可",
    "行政确认",
    "行政给付",
    "行政检查",
    "行政裁决",
    "行政奖励",
    "其他行政权力",
    "公共服务",
]
MATTER_WORDS = frozenset(
    {
        gettext_noop("行政许可"),
        gettext_noop("行政确认"),
        gettext_noop("行政给付"),
        gettext_noop("行政检查"),
        gettext_noop("行政裁决"),
        gettext_noop("行政奖励"),
        gettext_noop("其他行政权力"),
        gettext_noop("公共服务"),
        gettext_noop("即办件"),
        gettext_noop("承诺件"),
    }
)
"""The words of ``type`` and ``project_type``, marked for the English catalogue."""
SUSPENSION_KINDS = (
    "hearing", "tender", "auction", "inspection", "testing", "quarantine", "appraisal",
    "expert_review",
)  # fmt: skip
SuspensionKind = Literal[
    "hearing", "tender", "auction", "inspection", "testing", "quarantine", "appraisal",
    "expert_review",
]  # fmt: skip


class Condition(ContentModel):
    """A condition of the grant, with its clause."""

    text: str
    citations: tuple[Citation, ...] = ()


class Statement(ContentModel):
    """What an applicant promises and is told in one material, clause by clause.

    Attributes:
        template: the document it becomes, confirmed on the page or printed to be signed.
    """

    template: str
    clauses: tuple[Condition, ...] = Field(min_length=1)


class Material(ContentModel):
    """One material; ``needed_when`` is FEEL over the answers and the form, empty for always.

    A material the platform holds (``source: register``) is fetched, never asked for
    (浙江省保障“最多跑一次”改革规定 第七条).
    """

    key: str
    name: str
    source: MaterialSource = "applicant"
    source_name: str = ""
    form: Literal["original", "copy", "electronic"] = "electronic"
    needed_when: str = ""
    may_follow: bool = False
    """The guide lists it for conditional acceptance (容缺受理, 同规定 第十一条)."""
    accepted_types: tuple[str, ...] = ("application/pdf", "image/jpeg", "image/png")
    max_megabytes: int = Field(default=10, ge=1, le=50)
    standard: str = ""
    hint: str = ""
    citations: tuple[Citation, ...] = ()
    statement: Statement | None = None
    """The text of a commitment, where the material is one."""


class ServiceStep(ContentModel):
    """One step of the guide: who does what in how long, in words."""

    title: str
    who: str
    days: str = ""


class Fee(ContentModel):
    """What it costs, in yuan; zero is said too."""

    yuan: float = Field(default=0, ge=0)
    note: str = ""
    citations: tuple[Citation, ...] = ()


class Result(ContentModel):
    """What comes out: the licence type and the documents that tell the ruling."""

    name: str
    licence_type: str = ""
    grant_template: str = ""
    refusal_template: str = ""


class SpecialProcedure(ContentModel):
    """A lawful reason to stop the clock; the list of kinds is closed by 行政许可法 第四十五条."""

    kind: SuspensionKind
    name: str
    expected_working_days: int = Field(ge=1)
    citation: Citation


class Extension(ContentModel):
    """The one lawful way to lengthen the period: by how much, and whose approval it takes.

    Source: 行政许可法 第四十二条 (ten days by the organ's head, fifteen for joint handling by the
    head of that level's government); 市场主体登记管理条例 第十九条 (three for registration).
    """

    period: Period
    approver: str
    """Who the law says approves, in its words."""
    duty: str
    """The duty of the post that stands for them, e.g. ``extend:food_licence``."""
    citation: Citation


class Commitment(ContentModel):
    """How the matter is granted on a commitment (告知承诺), and what follows.

    Source: 浙江省保障“最多跑一次”改革规定 第十四条; 消防法 第十五、五十八条.
    """

    when: str
    """FEEL over the answers and the form: the applicant commits."""
    check_within: Period
    duty: str
    """The duty of the posts that check, e.g. ``check:fire_inspection``."""
    citation: Citation
    """Puts right in time, or is revoked."""
    bar: Citation | None = None
    """By which law a broken commitment keeps the holder from another in this matter."""


class OwnMotion(ContentModel):
    """A hearing that the organ itself orders and announces to the public.

    Source: 行政许可法 第四十六条.
    """

    citation: Citation
    required_by: Citation | None = None
    """The law, regulation or rule by which this matter is never decided without a hearing."""
    duty: str = ""
    """The duty of the post that says for the organ that one is needed; empty if it takes none. It
    is the city's arrangement: the law names nobody."""


class HearingProvision(ContentModel):
    """Within how many days a hearing is asked for, held and announced before.

    Source: 行政许可法 第四十六至四十八条.
    """

    ask_within: Period
    hold_within: Period
    announce_before: Period
    citation: Citation
    own_motion: OwnMotion | None = None


class Fact(ContentModel):
    """A fact of an entry that a case takes with it, as the variable that its flow reads."""

    fact: str
    variable: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    label: str
    """What officials read before its value."""


class Opening(ContentModel):
    """A kind of entry in the journal that opens a case; no other fact of it is taken along."""

    entry: str
    facts: tuple[Fact, ...] = ()


class Matter(ContentModel):
    """A matter in one version: who may ask what of whom, on which basis, in how long."""

    key: str
    title: str
    title_en: str = ""
    valid_from: date
    type: MatterType
    catalogue_code: str = ""
    implementation_code: str = ""
    power_source: Literal["1", "2", "3", "4", "5", "6"] = "1"
    project_type: Literal["即办件", "承诺件"] = "承诺件"
    served: tuple[Literal["natural_person", "legal_person"], ...] = ("natural_person",)
    department: str
    summary: str
    words: tuple[str, ...] = ()
    """How people call it: search finds the matter by these too."""
    basis: tuple[Citation, ...]
    conditions: tuple[Condition, ...] = ()
    materials: tuple[Material, ...] = ()
    steps: tuple[ServiceStep, ...] = ()
    fee: Fee = Fee()
    visits: int = Field(default=0, ge=0, le=2)
    online_depth: Literal["I", "II", "III", "IV"] = "IV"
    mobile: bool = True
    statutory_period: Period | None = None
    promised_period: Period | None = None
    special_procedures: tuple[SpecialProcedure, ...] = ()
    extension: Extension | None = None
    commitment: Commitment | None = None
    hearing: HearingProvision | None = None
    results: tuple[Result, ...] = ()
    flow: str
    offered: bool = True
    """False: nobody applies for it and the hall does not show it; its flow begins by itself."""
    opened_by: tuple[Opening, ...] = ()
    duty: str
    """The duty of the posts that rule on it, e.g. ``rule:food_licence``."""
    supervising_department: str = ""
    first_check_working_days: int = Field(default=0, ge=0)
    remedies: str = ""
    consultation: str = ""
