"""The real-name port, and its local twin: the persons register of this city."""

from datetime import datetime

from shuzheng.data.registers.operations import read_record
from shuzheng.data.registers.queries import has_record, reference_of
from shuzheng.infrastructure.access.rules import system
from shuzheng.support.identity.rules import NoRealNameAuthority, RealName, RealNameProvider

_PURPOSE = "核验注册人的真实身份"


class RegisterCheck:
    """Compares name and ID number with the persons register; the reading is journalled."""

    name = "人口库核验"

    def check(self, *, name: str, id_number: str, at: datetime) -> RealName:
        """Say whether the register has this person under this name."""
        person = reference_of("persons", id_number)
        if not has_record(register="persons", reference=person):
            return RealName(is_confirmed=False)
        record = read_record(
            register="persons",
            reference=person,
            fields=("name",),
            purpose=_PURPOSE,
            case="",
            by=system("identity.real_name"),
            at=at,
        )
        if record.text("name") != name:
            return RealName(is_confirmed=False)
        return RealName(
            is_confirmed=True, person=person, level="register", how="姓名与身份证号经人口库比对一致"
        )


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
