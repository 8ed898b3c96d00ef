"""``administrator``: a one-time link for the first administrator, and for anyone locked out."""

from datetime import UTC, datetime

import click


@click.command()
@click.option("--staff", "staff_number", required=True, help="工号。Staff number.")
@click.option("--username", default="", help="用户名，新建账号时用。User name for a new account.")
@click.option("--address", default="http://127.0.0.1:8000", help="网站地址。Address of the house.")
@click.option("--reset-factors", is_flag=True, help="取消两步验证。Take second factors away.")
def administrator(*, staff_number: str, username: str, address: str, reset_factors: bool) -> None:
    """Print a link, valid for one hour and once, by which a member of staff sets a password.

    The account is made if it is not there; what it may do is its post's, from the city's content.
    """
    from shuzheng.infrastructure.access.rules import system
    from shuzheng.institutions.people.queries import get_staff
    from shuzheng.support.identity import operations
    from shuzheng.support.identity.queries import get_account_of_staff

    by, now = system("shuzheng administrator"), datetime.now(UTC)
    staff = get_staff(staff_number)
    account = get_account_of_staff(staff_number) or operations.create_account(
        username=username or staff_number,
        display_name=staff.name,
        staff_number=staff.number,
        by=by,
        at=now,
    )
    token = operations.make_link(
        username=account.username, resets_factors=reset_factors, by=by, at=now
    )
    click.echo(f"{staff.name}({account.username})的一次性链接，一小时内有效，只能用一次：")
    click.echo(f"{address.rstrip('/')}/accounts/link/{token}/")


COMMANDS = (administrator,)
