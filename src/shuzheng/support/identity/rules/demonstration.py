"""An account to try a role with, as the city's content names it."""

from shuzheng.infrastructure.content.rules import ContentModel


class DemonstrationAccount(ContentModel):
    """An invented account.

    Attributes:
        role: the role in words, as the role switcher shows it.
        try_this: one sentence of what to try with it.
        id_number: in the invented range; empty for staff who are not applicants.
    """

    username: str
    display_name: str
    role: str
    try_this: str
    staff_number: str = ""
    id_number: str = ""
