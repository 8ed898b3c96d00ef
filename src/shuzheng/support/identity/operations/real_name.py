"""The real-name port, and its local twin: the persons register of this city."""

from datetime import datetime

from shuzheng.data.registers.operations import read_record
from shuzheng.data.registers.queries import has_record, reference_of
from shuzheng.infrastructure.access.rules import system
from shuzheng.support.identity.rules import RealName, RealNameProvider

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


_providers: list[RealNameProvider] = [RegisterCheck()]


def use_real_name_provider(provider: RealNameProvider) -> None:
    """Put another authority behind sign-up, such as public security's service; told by `site`."""
    _providers[0] = provider


def get_real_name_provider() -> RealNameProvider:
    """Return the authority asked at sign-up."""
    return _providers[0]
