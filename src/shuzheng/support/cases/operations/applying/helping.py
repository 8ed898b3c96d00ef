"""Before somebody is helped: the card's name and number must be one person's."""

from datetime import datetime

from django.db import transaction

from shuzheng.data.registers import operations as registers
from shuzheng.data.registers.queries import has_record
from shuzheng.infrastructure.access.rules import Actor, guard, system
from shuzheng.policy.refusals import Invalid, gettext_noop
from shuzheng.support.cases.rules import HELP_APPLICANT

PURPOSE = gettext_noop("代办前核对申请人姓名")


class ApplicantNotFound(Invalid):
    """The register knows nobody of this number and name; which of the two is wrong stays unsaid."""

    code = "applicant-not-found"
    template = gettext_noop("人口库里没有姓名与号码都相符的人，或号码有误。")
    remedy = gettext_noop("请核对身份证；确实无误的，请到综合窗口办理。")


def check_applicant(*, applicant: str, name: str, by: Actor, at: datetime) -> None:
    """Refuse to help a person whose name the agent does not know, as the card would show it.

    The comparison is a transaction of its own: it stays written down when the name does not fit.

    Raises:
        PostLacksPermission: the actor may not help.
        ApplicantNotFound: number and name are not one person's.
    """
    guard(by, HELP_APPLICANT)
    if not _is_named(applicant, name, at=at):
        raise ApplicantNotFound(field="id_number")


@transaction.atomic
def _is_named(applicant: str, name: str, *, at: datetime) -> bool:
    if not has_record(register="persons", reference=applicant):
        return False
    record = registers.read_record(
        register="persons",
        reference=applicant,
        fields=("name",),
        purpose=PURPOSE,
        case="",
        by=system("cases.help"),
        at=at,
    )
    return record.text("name") == name.strip()
