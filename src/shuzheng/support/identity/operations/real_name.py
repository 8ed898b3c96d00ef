"""The real-name port, and its local twin: the persons register of this city."""

from datetime import datetime, timedelta

from shuzheng.data.registers.operations import read_record
from shuzheng.data.registers.queries import has_record, reference_of
from shuzheng.infrastructure.access.rules import system
from shuzheng.infrastructure.journal.queries import list_reads_of_person
from shuzheng.policy.refusals import gettext_noop
from shuzheng.support.identity.rules import NoRealNameAuthority, RealName, RealNameProvider

PHONE_ENDING = 4
MOST_ATTEMPTS = 5
DAY = timedelta(days=1)
HOW = gettext_noop("姓名、身份证号和登记手机号后四位经人口库比对一致")
_PURPOSE = gettext_noop("核验注册人的真实身份")


class RegisterCheck:
    """Compares with the persons register; each reading is journalled.

    A name and an ID number are known to every landlord, and whoever signs up reads phone and
    address at once. So something is asked that the card does not show: the last four digits of the
    registered phone. It proves little more than that one knows the person well, which is why it is
    the demonstration's alone. Which of the three is wrong stays unsaid, and after a few attempts a
    day none is right.
    """

    name = "人口库核验"

    def check(self, *, name: str, id_number: str, phone_ending: str, at: datetime) -> RealName:
        """Say whether the register has this person under this name and phone."""
        person = reference_of("persons", id_number)
        if not has_record(register="persons", reference=person):
            return RealName(is_confirmed=False)
        record = read_record(
            register="persons",
            reference=person,
            fields=("name", "phone"),
            purpose=_PURPOSE,
            case="",
            by=system("identity.real_name"),
            at=at,
        )
        known = (record.text("name"), record.text("phone")[-PHONE_ENDING:])
        is_right = len(phone_ending) == PHONE_ENDING and known == (name, phone_ending)
        if not is_right or _count_attempts(person, at=at) > MOST_ATTEMPTS:
            return RealName(is_confirmed=False)
        return RealName(is_confirmed=True, person=person, level="register", how=HOW)


def _count_attempts(person: str, *, at: datetime) -> int:
    """Return how often the person was compared within a day, this time counted."""
    reads = list_reads_of_person(person)
    return sum(each.purpose == _PURPOSE and at - each.at < DAY for each in reads)


class NobodyChecks:
    """Stands where no authority has been named: who a person is cannot be said, so nobody signs up.

    A name and a number known to a neighbour prove nothing; outside a demonstration an
    authoritative check must be put here (个人信息保护法 第二十八、二十九条).
    """

    name = "未接入"

    def check(self, **_asked: object) -> RealName:
        """Refuse.

        Raises:
            NoRealNameAuthority: always.
        """
        raise NoRealNameAuthority


_providers: list[RealNameProvider] = [NobodyChecks()]


def use_real_name_provider(provider: RealNameProvider) -> None:
    """Put another authority behind sign-up, such as public security's service; told by `site`."""
    _providers[0] = provider


def get_real_name_provider() -> RealNameProvider:
    """Return the authority asked at sign-up."""
    return _providers[0]
