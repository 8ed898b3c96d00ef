"""Who a person is: established by an authority, never by a password or a passkey.

Source: 个人信息保护法(2021-08-20) 第十三、三十四条; 网络安全法(2016-11-07) 第二十四条.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

AssuranceLevel = Literal["none", "register", "provider", "window"]


@dataclass(frozen=True, slots=True)
class RealName:
    """What an authority answered about a name and an ID number.

    Attributes:
        person: reference of the person in the persons register.
        level: how surely the person is known now.
        how: the check in words, kept with the account.
    """

    is_confirmed: bool
    person: str = ""
    level: AssuranceLevel = "none"
    how: str = ""


class RealNameProvider(Protocol):
    """A service that knows persons: the register, public security, a provincial sign-on."""

    name: str

    def check(self, *, name: str, id_number: str, phone_ending: str, at: datetime) -> RealName:
        """Say whether name, ID number and the last digits of the phone are one person's."""
        ...
